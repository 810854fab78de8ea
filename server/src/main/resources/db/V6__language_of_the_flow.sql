-- The language the flow was begun in, as ISO 639-1 code; NULL for English.
ALTER TABLE model_change ADD COLUMN language TEXT;
