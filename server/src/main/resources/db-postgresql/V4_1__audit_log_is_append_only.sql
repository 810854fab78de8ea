-- Binds the owner of the tables too, unless it is a superuser.
REVOKE UPDATE, DELETE ON audit_event FROM CURRENT_USER;
