--liquibase formatted sql

-- Which contacts of people were seen to reach them. The id holds person, channel and address, so
-- that another address is another row, not yet proven.

--changeset firebreak:0026-contact-proof
CREATE TABLE IF NOT EXISTS contact_proof (
  id ${id} NOT NULL PRIMARY KEY,
  person ${text} NOT NULL,
  code ${text},
  sent_at TIMESTAMP WITH TIME ZONE,
  tries INTEGER NOT NULL,
  proven_at TIMESTAMP WITH TIME ZONE,
  proven_by ${text}
);
