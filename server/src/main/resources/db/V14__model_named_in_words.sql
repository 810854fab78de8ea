-- What was said of the model, in words that leave its ID open, until the question for it.
ALTER TABLE model_change ADD COLUMN model_words TEXT;
