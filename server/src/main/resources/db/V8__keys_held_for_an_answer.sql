-- A key that was pasted into a thread, encrypted, until its user has said what to do with it; ten minutes at most. With a
-- provider, it was pasted into a question about that one.
CREATE TABLE held_key (
    user_id    TEXT   NOT NULL,
    thread_id  TEXT   NOT NULL,
    provider   TEXT,
    master_key_id TEXT NOT NULL,
    sealed_key TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, thread_id)
);

CREATE INDEX held_key_expiry ON held_key (expires_at);
