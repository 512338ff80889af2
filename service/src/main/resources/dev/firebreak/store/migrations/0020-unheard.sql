--liquibase formatted sql

-- Messages that nobody received for a minute, or ever, until they arrive or somebody has seen it.

--changeset firebreak:0020-unheard
CREATE TABLE IF NOT EXISTS unheard (
  id ${id} PRIMARY KEY,
  message_key ${id} NOT NULL UNIQUE,
  incident_id ${id} NOT NULL,
  what ${text} NOT NULL,
  error ${text} NOT NULL,
  raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  ended_by ${text}
);
CREATE INDEX IF NOT EXISTS unheard_open ON unheard (ended_at, raised_at);
CREATE INDEX IF NOT EXISTS unheard_by_incident ON unheard (incident_id);
