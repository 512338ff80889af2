--liquibase formatted sql

-- What people changed of who is on call: covers of schedules, and absences with who stands in.

--changeset firebreak:0021-covers
CREATE TABLE IF NOT EXISTS cover (
  id ${id} PRIMARY KEY,
  schedule ${id} NOT NULL,
  person ${text} NOT NULL,
  starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reason ${text} NOT NULL,
  made_by ${text} NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS cover_by_schedule ON cover (schedule, ends_at);

CREATE TABLE IF NOT EXISTS absence (
  id ${id} PRIMARY KEY,
  person ${text} NOT NULL,
  substitute ${text} NOT NULL,
  starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
  reason ${text} NOT NULL,
  made_by ${text} NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS absence_by_end ON absence (ends_at);

-- What an incident waits for from people beside its runs: one row, with when to look at it next.

--changeset firebreak:0021-attention
CREATE TABLE IF NOT EXISTS attention (
  incident_id ${id} PRIMARY KEY,
  state ${id} NOT NULL,
  person ${text} NOT NULL,
  giver ${text},
  call_id ${id},
  seen BIGINT NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS attention_by_due ON attention (due_at);
