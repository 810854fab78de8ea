-- The user's revision when a config was replaced: tells which of a thread's and the default's last changes came later.
ALTER TABLE earlier_model_config ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
