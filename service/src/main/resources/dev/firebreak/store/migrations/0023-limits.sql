--liquibase formatted sql

--changeset firebreak:0023-intent-marks
-- The team that owns the runbook, and the service its alert named, for the limits of these.
ALTER TABLE intent ADD COLUMN IF NOT EXISTS team ${id};
ALTER TABLE intent ADD COLUMN IF NOT EXISTS service ${id};

--changeset firebreak:0023-intent-by-team
CREATE INDEX IF NOT EXISTS intent_by_team ON intent (team, committed_at);

--changeset firebreak:0023-intent-by-service
CREATE INDEX IF NOT EXISTS intent_by_service ON intent (service, committed_at);

--changeset firebreak:0023-intent-target-by-time
-- For the limit of a target over all runbooks.
CREATE INDEX IF NOT EXISTS intent_target_by_time ON intent_target (target_key, committed_at);

--changeset firebreak:0023-target-wait-mode
-- How it waits, queue unless said; and the newer run that took its place.
ALTER TABLE target_wait ADD COLUMN IF NOT EXISTS mode ${id};
ALTER TABLE target_wait ADD COLUMN IF NOT EXISTS superseded_by ${id};
