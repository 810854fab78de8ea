-- The question that was open when a key was pasted: its step and its provider. Its other columns are those of any question.
ALTER TABLE model_change ADD COLUMN interrupted_step TEXT;
ALTER TABLE model_change ADD COLUMN interrupted_provider TEXT;
