package dev.firebreak.store;

import dev.firebreak.oncall.ContactProofs;

class PostgresContactProofsIT extends ContactProofsContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }

  @Override
  ContactProofs proofs() {
    return database().contactProofs();
  }
}
