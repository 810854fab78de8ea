-- Who set, checked or deleted which model config or personal token, and when. Rows are only ever added.
CREATE TABLE audit_event (
    event_id   TEXT   NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    user_id    TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    provider   TEXT,
    model_id   TEXT,
    key_hint   TEXT,
    detail     TEXT
);

CREATE INDEX audit_event_time ON audit_event (at);
CREATE INDEX audit_event_user ON audit_event (user_id, at);
