--liquibase formatted sql

--changeset firebreak:0003-signals
-- sent_key: by which the sender names a repeat, null when it does not. taken_by: the step that got it.
CREATE TABLE IF NOT EXISTS run_signal (
  id ${id} PRIMARY KEY,
  run_id ${id} NOT NULL,
  name ${id} NOT NULL,
  sent_key ${id},
  body ${text} NOT NULL,
  sent_by ${text} NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
  taken_by ${id},
  CONSTRAINT run_signal_is_one UNIQUE (run_id, sent_key)
);
CREATE INDEX IF NOT EXISTS run_signal_by_run ON run_signal (run_id, name, id);

-- opened_at: when it was the step's turn; its deadline counts from then on.
--changeset firebreak:0003-step-opened
ALTER TABLE run_step ADD COLUMN IF NOT EXISTS opened_at TIMESTAMP WITH TIME ZONE;

-- A run that goes over a list has many intents, each step of it few.
--changeset firebreak:0003-intent-by-step
CREATE INDEX IF NOT EXISTS intent_by_step ON intent (run_id, step, id);
