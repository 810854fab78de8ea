-- The model a "yes" to the flow's did-you-mean stands for.
ALTER TABLE model_change ADD COLUMN suggested_model_id TEXT;
