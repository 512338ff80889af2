--liquibase formatted sql

--changeset firebreak:0030-earlier-tries
-- How many attempts of a step do not count for its retry: those before its evidence was gathered again.
ALTER TABLE run_step ADD COLUMN IF NOT EXISTS earlier INTEGER DEFAULT 0 NOT NULL;
