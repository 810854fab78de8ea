-- The model a "yes" to the flow's did-you-mean stands for.
ALTER TABLE model_change ADD COLUMN suggested_model_id TEXT;

-- When the thread's user was last asked for a key: it may come late, when other questions were asked since.
ALTER TABLE model_change ADD COLUMN key_asked_at BIGINT;

UPDATE model_change SET key_asked_at = updated_at WHERE step IN ('api_key', 'key_was_asked');
