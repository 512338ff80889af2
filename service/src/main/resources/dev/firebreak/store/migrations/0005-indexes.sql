--liquibase formatted sql

--changeset firebreak:0005-message-by-kind
CREATE INDEX IF NOT EXISTS message_by_kind ON message (kind, due_at, place);
