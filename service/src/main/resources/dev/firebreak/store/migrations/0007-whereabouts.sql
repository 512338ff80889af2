--liquibase formatted sql

--changeset firebreak:0007-whereabouts dbms:postgresql
CREATE TABLE IF NOT EXISTS whereabouts (
  place ${text} NOT NULL
);

INSERT INTO whereabouts (place) SELECT '' WHERE NOT EXISTS (SELECT 1 FROM whereabouts);
