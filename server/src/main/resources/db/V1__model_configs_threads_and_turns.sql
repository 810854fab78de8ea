-- Portable between SQLite and PostgreSQL: text, bigint and integer only; times are milliseconds since 1970 UTC.

CREATE TABLE model_config (
    user_id       TEXT   NOT NULL PRIMARY KEY,
    provider      TEXT   NOT NULL,
    model_id      TEXT   NOT NULL,
    key_source    TEXT   NOT NULL,
    account_id    TEXT,
    key_hint      TEXT,
    master_key_id TEXT,
    sealed_key    TEXT,
    updated_at    BIGINT NOT NULL
);

CREATE TABLE thread (
    user_id       TEXT    NOT NULL,
    thread_id     TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    message_count INTEGER NOT NULL,
    next_seq      INTEGER NOT NULL,
    created_at    BIGINT  NOT NULL,
    updated_at    BIGINT  NOT NULL,
    PRIMARY KEY (user_id, thread_id)
);

CREATE INDEX thread_newest ON thread (user_id, updated_at, thread_id);

-- A turn is two rows: the user's message and, with the next number, the assistant's.
CREATE TABLE message (
    user_id           TEXT    NOT NULL,
    thread_id         TEXT    NOT NULL,
    seq               INTEGER NOT NULL,
    role              TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    status            TEXT    NOT NULL,
    content           TEXT    NOT NULL,
    client_message_id TEXT,
    provider          TEXT,
    model_id          TEXT,
    key_source        TEXT,
    created_at        BIGINT  NOT NULL,
    PRIMARY KEY (user_id, thread_id, seq)
);

CREATE UNIQUE INDEX message_client_id ON message (user_id, thread_id, client_message_id);

-- The model-change flow under way in a thread. Never a key.
CREATE TABLE model_change (
    user_id    TEXT   NOT NULL,
    thread_id  TEXT   NOT NULL,
    step       TEXT   NOT NULL,
    provider   TEXT,
    key_source TEXT,
    account_id TEXT,
    model_id   TEXT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, thread_id)
);
