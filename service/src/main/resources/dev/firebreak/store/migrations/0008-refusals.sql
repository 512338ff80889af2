--liquibase formatted sql

--changeset firebreak:0008-refusals
-- Why the node that owns a run did not follow a letter (run_mail), for the node that left it.
CREATE TABLE IF NOT EXISTS run_mail_refusal (
  place BIGINT NOT NULL PRIMARY KEY,
  reason_code ${id} NOT NULL,
  reason_text ${text} NOT NULL,
  refused_at TIMESTAMP WITH TIME ZONE NOT NULL
);

--changeset firebreak:0008-refusals-by-age
CREATE INDEX IF NOT EXISTS run_mail_refusal_by_age ON run_mail_refusal (refused_at);
