package dev.firebreak.store;

class H2UnheardTest extends UnheardContract {
  @Override
  Database database() {
    return Databases.h2();
  }
}
