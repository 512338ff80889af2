package dev.firebreak.store;

class PostgresTokensIT extends TokensContract {
  @Override
  Database database() {
    return Databases.postgresql();
  }
}
