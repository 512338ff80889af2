package dev.firebreak.store;

import java.util.List;

class H2LimitRaceTest extends LimitRaceContract {
  @Override
  List<Database> nodes() {
    return List.of(Databases.h2());
  }
}
