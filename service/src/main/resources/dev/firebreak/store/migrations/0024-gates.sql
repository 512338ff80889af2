--liquibase formatted sql

-- What a gate was opened under: the guards it answers, who may not decide, and from when.

--changeset firebreak:0024-gate-terms
ALTER TABLE gate ADD COLUMN IF NOT EXISTS terms ${text};
