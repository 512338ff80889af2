package dev.firebreak.store;

import dev.firebreak.oncall.ContactProofs;

class H2ContactProofsTest extends ContactProofsContract {
  @Override
  Database database() {
    return Databases.h2();
  }

  @Override
  ContactProofs proofs() {
    return database().contactProofs();
  }
}
