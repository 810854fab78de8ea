-- Every attempt at an answer has an identity of its own: sequence numbers begin anew when a thread is deleted.
ALTER TABLE message ADD COLUMN turn_id TEXT;

-- Startup asks for the turns that a crash left open, and must not read all messages for it.
CREATE INDEX message_streaming ON message (status) WHERE status = 'streaming';

-- The events of a user or of a time, in order, without a sort.
DROP INDEX audit_event_time;
DROP INDEX audit_event_user;
CREATE INDEX audit_event_time ON audit_event (at, event_id);
CREATE INDEX audit_event_user ON audit_event (user_id, at, event_id);

-- The base URL that a key was entered for: a key is bound to it. Unknown (null) for keys of an earlier version.
ALTER TABLE model_config ADD COLUMN key_base_url TEXT;

CREATE INDEX model_config_master_key ON model_config (master_key_id);
CREATE INDEX model_config_key_base_url ON model_config (provider, key_base_url);
