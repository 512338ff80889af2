--liquibase formatted sql

--changeset firebreak:0028-vote-answers
-- What somebody filled in when they approved: a JSON object, null without a form.
ALTER TABLE gate_vote ADD COLUMN IF NOT EXISTS answers ${text};
