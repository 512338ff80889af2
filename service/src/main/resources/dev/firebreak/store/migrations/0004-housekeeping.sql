--liquibase formatted sql

-- What became of old incidents: that they were, and where their journals ended, stays on the record.

--changeset firebreak:0004-removed-incident
-- entries, hash: where the removed journal ended. The journal of the site says the same, in a chain.
CREATE TABLE IF NOT EXISTS removed_incident (
  incident_id ${id} PRIMARY KEY,
  entries BIGINT NOT NULL,
  hash ${id} NOT NULL,
  removed_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Removals that were begun: what they leave is removed in small pieces.
CREATE TABLE IF NOT EXISTS removal (
  incident_id ${id} PRIMARY KEY
);
CREATE INDEX IF NOT EXISTS alert_by_first_delivery ON alert (first_delivery);

--changeset firebreak:0004-journal-append-only-postgresql dbms:postgresql splitStatements:false
CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM removed_incident WHERE incident_id = OLD.incident_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the journal is append-only';
END $$;
