-- The process that answers a turn, on both of its messages; NULL when that is over.
ALTER TABLE message ADD COLUMN node_id TEXT;

-- What another process wants of that one, on the user's message: 'text' for what it has so far, or 'stop'.
ALTER TABLE message ADD COLUMN wanted TEXT;

DROP INDEX message_streaming;
CREATE INDEX message_in_progress ON message (node_id) WHERE status = 'streaming';

-- The processes that serve the database. When a beat stands still, its process has ended.
CREATE TABLE node (
    node_id TEXT   NOT NULL PRIMARY KEY,
    beat    BIGINT NOT NULL
);

-- Every message asks when its user was last asked for a key, in any thread.
CREATE INDEX model_change_key_asked ON model_change (user_id, key_asked_at);
