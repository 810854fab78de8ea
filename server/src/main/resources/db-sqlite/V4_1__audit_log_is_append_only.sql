-- SQLite's own words for what PostgreSQL is told with REVOKE UPDATE, DELETE.
CREATE TRIGGER audit_event_keeps_its_rows BEFORE DELETE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_event_keeps_its_words BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
