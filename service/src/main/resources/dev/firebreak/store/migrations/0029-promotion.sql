--liquibase formatted sql

--changeset firebreak:0029-promotion
-- Whether a version of a runbook makes changes, word after word: the last one counts.
CREATE TABLE IF NOT EXISTS promotion (
  version ${id} NOT NULL,
  place INTEGER NOT NULL,
  runbook ${id} NOT NULL,
  promoted BOOLEAN NOT NULL,
  said_by ${text} NOT NULL,
  said_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reason ${text} NOT NULL,
  PRIMARY KEY (version, place)
);

--changeset firebreak:0029-rehearsed-change
-- Changes that were not made, because the version of their runbook was not promoted.
CREATE TABLE IF NOT EXISTS rehearsed_change (
  run_id ${id} NOT NULL,
  step_id ${id} NOT NULL,
  incident_id ${id} NOT NULL,
  version ${id} NOT NULL,
  what ${text} NOT NULL,
  rehearsed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (run_id, step_id)
);

--changeset firebreak:0029-rehearsed-change-by-version
CREATE INDEX IF NOT EXISTS rehearsed_change_by_version ON rehearsed_change (version, rehearsed_at);
