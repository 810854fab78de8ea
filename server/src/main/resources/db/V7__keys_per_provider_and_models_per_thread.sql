-- One key per user, provider and name, used by any number of model configs.
CREATE TABLE api_key (
    user_id       TEXT   NOT NULL,
    provider      TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    account_id    TEXT,
    key_hint      TEXT   NOT NULL,
    master_key_id TEXT   NOT NULL,
    sealed_key    TEXT   NOT NULL,
    base_url      TEXT,
    saved_at      BIGINT NOT NULL,
    checked_at    BIGINT NOT NULL,
    verdict       TEXT,
    PRIMARY KEY (user_id, provider, name)
);

CREATE INDEX api_key_master_key ON api_key (master_key_id);
CREATE INDEX api_key_base_url ON api_key (provider, base_url);

INSERT INTO api_key
    (user_id, provider, name, account_id, key_hint, master_key_id, sealed_key, base_url, saved_at, checked_at, verdict)
SELECT user_id, provider, 'default', account_id, coalesce(key_hint, ''), coalesce(master_key_id, ''), sealed_key,
       key_base_url, updated_at, updated_at, NULL
FROM model_config
WHERE sealed_key IS NOT NULL;

-- The user's default has the empty thread_id; a thread may have a config of its own.
CREATE TABLE model_config_of_scope (
    user_id    TEXT   NOT NULL,
    thread_id  TEXT   NOT NULL,
    provider   TEXT   NOT NULL,
    model_id   TEXT   NOT NULL,
    key_source TEXT   NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, thread_id)
);

INSERT INTO model_config_of_scope (user_id, thread_id, provider, model_id, key_source, updated_at)
SELECT user_id, '', provider, model_id, key_source, updated_at
FROM model_config;

DROP TABLE model_config;
ALTER TABLE model_config_of_scope RENAME TO model_config;

-- The configs that were replaced, newest last. Without a provider: the scope had none of its own.
CREATE TABLE earlier_model_config (
    user_id    TEXT    NOT NULL,
    thread_id  TEXT    NOT NULL,
    seq        INTEGER NOT NULL,
    provider   TEXT,
    model_id   TEXT,
    key_source TEXT,
    PRIMARY KEY (user_id, thread_id, seq)
);

-- Counts the changes of a user's keys and configs. Never deleted: a change that began before a deletion must not undo it.
CREATE TABLE model_config_revision (
    user_id  TEXT   NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);

-- Whether the flow chooses a model for its thread alone.
ALTER TABLE model_change ADD COLUMN this_thread INTEGER NOT NULL DEFAULT 0;
