package dev.firebreak.store;

class H2MailTest extends MailContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
