-- What providers require back with a tool call, encrypted, until it expires (milliseconds since the epoch).
CREATE TABLE call_signature (
    user_id    TEXT   NOT NULL,
    call_id    TEXT   NOT NULL,
    sealed     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, call_id)
);
CREATE INDEX call_signature_expires ON call_signature (expires_at);

-- When all of a user's requests per minute are available again, in microseconds since the epoch.
CREATE TABLE request_rate (
    user_id TEXT   NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL
);
