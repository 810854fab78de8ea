-- What a user has used of a daily limit: on the last day that something was used, in days since 1970 UTC.
CREATE TABLE daily_use (
    user_id TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    day     BIGINT NOT NULL,
    amount  BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind)
);
