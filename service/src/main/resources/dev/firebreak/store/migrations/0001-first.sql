--liquibase formatted sql

-- ${id} an identifier, compared by code point; ${text} text of any length; ${bytes} a few bytes; ${blob} many.
-- H2 commits every definition by itself, so each must bear to be run again after a crash.
-- A column ending in _key holds the bounded form of a text of any length, for indexes.

--changeset firebreak:0001-first
CREATE TABLE IF NOT EXISTS delivery (
  id ${id} PRIMARY KEY,
  source ${id} NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  media_type ${text} NOT NULL,
  body ${bytes} NOT NULL,
  outcomes ${text} NOT NULL,
  notes ${text} NOT NULL,
  replay_of ${id}
);
CREATE INDEX IF NOT EXISTS delivery_by_source ON delivery (source, id);

CREATE TABLE IF NOT EXISTS alert (
  id ${id} PRIMARY KEY,
  source ${id} NOT NULL,
  fingerprint_key ${id} NOT NULL,
  fingerprint ${text} NOT NULL,
  status ${id} NOT NULL,
  starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ends_at TIMESTAMP WITH TIME ZONE,
  labels ${text} NOT NULL,
  annotations ${text} NOT NULL,
  severity ${text},
  summary ${text} NOT NULL,
  link ${text},
  incident_id ${id},
  first_delivery ${id} NOT NULL,
  first_seen TIMESTAMP WITH TIME ZONE NOT NULL,
  last_seen TIMESTAMP WITH TIME ZONE NOT NULL,
  deliveries BIGINT NOT NULL,
  CONSTRAINT alert_is_one UNIQUE (source, fingerprint_key, starts_at)
);
CREATE INDEX IF NOT EXISTS alert_by_incident ON alert (incident_id);

-- Holds firing alerts only: a membership ends with the alert.
CREATE TABLE IF NOT EXISTS alert_group (
  source ${id} NOT NULL,
  group_key ${id} NOT NULL,
  alert_id ${id} NOT NULL,
  PRIMARY KEY (source, group_key, alert_id)
);
CREATE INDEX IF NOT EXISTS alert_group_by_alert ON alert_group (alert_id);

-- The further incidents of an alert that several runbooks want under different keys.
CREATE TABLE IF NOT EXISTS alert_incident (
  incident_id ${id} NOT NULL,
  alert_id ${id} NOT NULL,
  PRIMARY KEY (incident_id, alert_id)
);
CREATE INDEX IF NOT EXISTS alert_incident_by_alert ON alert_incident (alert_id);

CREATE TABLE IF NOT EXISTS incident (
  id ${id} PRIMARY KEY,
  name ${text} NOT NULL,
  open_key ${id} UNIQUE,
  title ${text} NOT NULL,
  severity ${text},
  owner ${text} NOT NULL,
  status ${id} NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  acknowledged_by ${text},
  acknowledged_at TIMESTAMP WITH TIME ZONE,
  resolved_by ${text},
  resolved_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS incident_by_status ON incident (status, id);

CREATE TABLE IF NOT EXISTS runbook_version (
  version ${id} PRIMARY KEY,
  name ${text} NOT NULL,
  source ${text} NOT NULL,
  kept_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE IF NOT EXISTS run (
  id ${id} PRIMARY KEY,
  incident_id ${id} NOT NULL,
  runbook ${id} NOT NULL,
  version ${id} NOT NULL,
  alert ${text} NOT NULL,
  vars ${text} NOT NULL,
  started_by ${text} NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  status ${id} NOT NULL,
  why_code ${id},
  why_text ${text},
  ended_at TIMESTAMP WITH TIME ZONE,
  paused BOOLEAN NOT NULL,
  cancelled_code ${id},
  cancelled_text ${text},
  withdrawn BOOLEAN NOT NULL,
  owner ${id} NOT NULL,
  epoch BIGINT NOT NULL,
  live_key ${id} UNIQUE
);
CREATE INDEX IF NOT EXISTS run_by_incident ON run (incident_id, id);
CREATE INDEX IF NOT EXISTS run_by_status ON run (status, id);

CREATE TABLE IF NOT EXISTS run_step (
  run_id ${id} NOT NULL,
  step_id ${id} NOT NULL,
  place INTEGER NOT NULL,
  phase ${id} NOT NULL,
  status ${id} NOT NULL,
  attempt INTEGER NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE,
  wait_for ${id},
  since_at TIMESTAMP WITH TIME ZONE,
  until_at TIMESTAMP WITH TIME ZONE,
  ref ${id},
  reason_code ${id},
  reason_text ${text},
  output ${text} NOT NULL,
  PRIMARY KEY (run_id, step_id)
);

CREATE TABLE IF NOT EXISTS journal_entry (
  incident_id ${id} NOT NULL,
  sequence BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  actor ${text} NOT NULL,
  kind ${id} NOT NULL,
  run_id ${id},
  step_id ${id},
  text ${text} NOT NULL,
  data ${text} NOT NULL,
  hash ${id} NOT NULL,
  PRIMARY KEY (incident_id, sequence)
);

CREATE TABLE IF NOT EXISTS journal_head (
  incident_id ${id} PRIMARY KEY,
  sequence BIGINT NOT NULL,
  hash ${id} NOT NULL
);

CREATE TABLE IF NOT EXISTS artifact (
  id ${id} PRIMARY KEY,
  incident_id ${id} NOT NULL,
  run_id ${id} NOT NULL,
  step_id ${id} NOT NULL,
  name ${text} NOT NULL,
  media_type ${text} NOT NULL,
  size BIGINT NOT NULL,
  sha256 ${id} NOT NULL,
  truncated BOOLEAN NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS artifact_by_incident ON artifact (incident_id, id);

CREATE TABLE IF NOT EXISTS artifact_content (
  artifact_id ${id} PRIMARY KEY,
  content ${blob} NOT NULL
);

CREATE TABLE IF NOT EXISTS intent (
  id ${id} PRIMARY KEY,
  run_id ${id} NOT NULL,
  step ${id} NOT NULL,
  attempt INTEGER NOT NULL,
  runbook ${id} NOT NULL,
  action ${id} NOT NULL,
  targets ${text} NOT NULL,
  plan ${id} NOT NULL,
  gate ${id},
  committed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  outcome ${id},
  outcome_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS intent_by_run ON intent (run_id, id);
CREATE INDEX IF NOT EXISTS intent_by_runbook ON intent (runbook, committed_at);
CREATE INDEX IF NOT EXISTS intent_by_time ON intent (committed_at);

CREATE TABLE IF NOT EXISTS intent_target (
  intent_id ${id} NOT NULL,
  target_key ${id} NOT NULL,
  runbook ${id} NOT NULL,
  step ${id} NOT NULL,
  run_id ${id} NOT NULL,
  committed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (intent_id, target_key)
);
CREATE INDEX IF NOT EXISTS intent_target_by_target ON intent_target (target_key, runbook, step, committed_at);

CREATE TABLE IF NOT EXISTS target_lock (
  target_key ${id} PRIMARY KEY,
  target ${text} NOT NULL,
  run_id ${id} NOT NULL,
  taken_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS target_lock_by_run ON target_lock (run_id);

-- One row, locked by whoever decides on changes, so that decisions stand in one line over all nodes.
CREATE TABLE IF NOT EXISTS change_order (
  name ${id} PRIMARY KEY
);
INSERT INTO change_order (name) SELECT 'changes' WHERE NOT EXISTS (SELECT name FROM change_order);

CREATE TABLE IF NOT EXISTS automation_setting (
  place BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  mode ${id} NOT NULL,
  reason ${text} NOT NULL,
  set_by ${text} NOT NULL,
  set_at TIMESTAMP WITH TIME ZONE NOT NULL,
  until_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE IF NOT EXISTS gate (
  id ${id} PRIMARY KEY,
  incident_id ${id} NOT NULL,
  run_id ${id} NOT NULL,
  step_id ${id} NOT NULL,
  question ${text} NOT NULL,
  why ${text} NOT NULL,
  plan ${text} NOT NULL,
  plan_hash ${id} NOT NULL,
  asked ${text} NOT NULL,
  walk INTEGER NOT NULL,
  quorum INTEGER NOT NULL,
  within_millis BIGINT NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  status ${id} NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  ended_why ${text}
);
CREATE INDEX IF NOT EXISTS gate_by_status ON gate (status, id);
CREATE INDEX IF NOT EXISTS gate_by_incident ON gate (incident_id, id);

CREATE TABLE IF NOT EXISTS gate_vote (
  gate_id ${id} NOT NULL,
  person ${id} NOT NULL,
  place BIGINT GENERATED BY DEFAULT AS IDENTITY,
  approve BOOLEAN NOT NULL,
  reason ${text} NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (gate_id, person)
);

CREATE TABLE IF NOT EXISTS escalation (
  id ${id} PRIMARY KEY,
  incident_id ${id} NOT NULL,
  run_id ${id} NOT NULL,
  step_id ${id} NOT NULL,
  chain ${id} NOT NULL,
  link INTEGER NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  next_at TIMESTAMP WITH TIME ZONE NOT NULL,
  status ${id} NOT NULL,
  why ${text} NOT NULL,
  acknowledged_by ${text},
  ended_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX IF NOT EXISTS escalation_by_incident ON escalation (incident_id, id);

-- due_at: null once delivered or given up. troubled: the place, while a failed message is not
-- delivered, so that the few of them are found among the many.
CREATE TABLE IF NOT EXISTS message (
  message_key ${id} PRIMARY KEY,
  place BIGINT GENERATED BY DEFAULT AS IDENTITY UNIQUE,
  full_key ${text} NOT NULL,
  kind ${id} NOT NULL,
  payload ${text} NOT NULL,
  incident_id ${id} NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  attempts INTEGER NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE,
  delivered_at TIMESTAMP WITH TIME ZONE,
  receipt ${text},
  last_error ${text},
  troubled BIGINT
);
CREATE INDEX IF NOT EXISTS message_by_due ON message (due_at);
CREATE INDEX IF NOT EXISTS message_by_incident ON message (incident_id, place);
CREATE INDEX IF NOT EXISTS message_by_trouble ON message (troubled);

CREATE TABLE IF NOT EXISTS ticket (
  incident_id ${id} NOT NULL,
  system_name ${id} NOT NULL,
  ref ${text} NOT NULL,
  url ${text} NOT NULL,
  status ${text} NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (incident_id, system_name)
);

CREATE TABLE IF NOT EXISTS token (
  id ${id} PRIMARY KEY,
  name ${text} NOT NULL,
  hash ${id} NOT NULL UNIQUE,
  roles ${text} NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  created_by ${text} NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE IF NOT EXISTS browser_session (
  hash ${id} PRIMARY KEY,
  token_id ${id} NOT NULL,
  csrf ${text} NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS browser_session_by_token ON browser_session (token_id);
CREATE INDEX IF NOT EXISTS browser_session_by_end ON browser_session (expires_at);

--changeset firebreak:0001-journal-append-only-h2 dbms:h2
CREATE TRIGGER IF NOT EXISTS journal_append_only BEFORE UPDATE, DELETE ON journal_entry FOR EACH ROW CALL 'dev.firebreak.store.AppendOnly';

--changeset firebreak:0001-journal-append-only-postgresql dbms:postgresql splitStatements:false
CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only';
END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_append_only();
