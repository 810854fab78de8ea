-- Personal tokens by the SHA-256 of the token; the token itself is nowhere.
CREATE TABLE personal_token (
    token_digest TEXT   NOT NULL PRIMARY KEY,
    token_id     TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL
);

CREATE UNIQUE INDEX personal_token_owner ON personal_token (user_id, token_id);
