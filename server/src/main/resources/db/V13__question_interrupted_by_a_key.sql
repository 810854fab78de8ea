-- The question that was open when a key was pasted, and the provider whose key it looks like.
ALTER TABLE model_change ADD COLUMN interrupted_step TEXT;
ALTER TABLE model_change ADD COLUMN key_provider TEXT;
