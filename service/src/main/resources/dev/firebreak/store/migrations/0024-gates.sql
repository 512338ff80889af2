--liquibase formatted sql

-- What a gate was opened under: the guards it answers, who may not decide, and from when.

--changeset firebreak:0024-gate-terms
ALTER TABLE gate ADD COLUMN IF NOT EXISTS terms ${text};

-- Gates that somebody answered alone, until somebody else has looked at it.

--changeset firebreak:0024-glass-review
CREATE TABLE IF NOT EXISTS glass_review (
  id ${id} NOT NULL PRIMARY KEY,
  gate_id ${id} NOT NULL,
  incident_id ${id} NOT NULL,
  run_id ${id} NOT NULL,
  step_id ${id} NOT NULL,
  person ${text} NOT NULL,
  reason ${text} NOT NULL,
  broken_at TIMESTAMP WITH TIME ZONE NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  closed_by ${text},
  closed_at TIMESTAMP WITH TIME ZONE,
  finding ${text}
);
CREATE INDEX IF NOT EXISTS glass_review_open ON glass_review (closed_at, id);
CREATE INDEX IF NOT EXISTS glass_review_by_run ON glass_review (run_id);
CREATE INDEX IF NOT EXISTS glass_review_by_incident ON glass_review (incident_id);
