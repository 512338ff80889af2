--liquibase formatted sql

-- An alert that comes and goes for months has a long history; what is asked for is the episode that fires.

--changeset firebreak:0009-alert-by-status
CREATE INDEX IF NOT EXISTS alert_by_status ON alert (source, fingerprint_key, status, starts_at);
