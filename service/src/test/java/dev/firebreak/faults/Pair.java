package dev.firebreak.faults;

import java.nio.file.Path;

/** Two running processes on one PostgreSQL, and their target. Some changes ask people first. */
final class Pair implements AutoCloseable {
  /** Targets that begin with {@code ask-} are changed only after an approval. */
  private static final String ASKING =
      Site.RUNBOOK.replace(
          "    do:\n",
          "    approve: {when: vars.target.startsWith('ask-'), by: [team-target], within: 15m}\n"
              + "    do:\n");

  final PostgresServer postgres;
  final StubTarget stub;
  final ServiceProcess one;
  final ServiceProcess two;

  Pair(Path folder) throws Exception {
    postgres = new PostgresServer(folder);
    stub = new StubTarget();
    Site site =
        new Site(folder, stub.port()).runbook(ASKING, stub.port()).postgresql(postgres.url());
    one = site.node("one");
    two = site.node("two");
    one.start();
    two.start();
  }

  @Override
  public void close() throws Exception {
    one.close();
    two.close();
    stub.close();
    postgres.close();
  }
}
