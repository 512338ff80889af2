package dev.firebreak.store;

/** One database of each kind for all contracts of this JVM: their rows have ids of their own. */
final class Databases {
  private Databases() {}

  static Database h2() {
    return H2.SHARED;
  }

  private static final class H2 {
    static final Database SHARED = Database.inMemory("contracts");
  }
}
