package dev.firebreak.store;

class H2TokensTest extends TokensContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
