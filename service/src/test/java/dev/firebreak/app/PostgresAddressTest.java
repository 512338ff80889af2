package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How somebody names the database a site moves to. */
class PostgresAddressTest {
  @Test
  void addressAsEverybodyWritesIt_isUnderstood() {
    assertThat(PostgresAddress.parse("postgresql://fb@db:5433/site?sslmode=require", "x").url())
        .isEqualTo("jdbc:postgresql://db:5433/site?sslmode=require");
    assertThat(PostgresAddress.parse("postgresql://fb@db/site", "x").user()).isEqualTo("fb");
  }

  @Test
  void passwordThatIsNotThere_isAskedFor() {
    assertThatThrownBy(() -> PostgresAddress.parse("postgresql://fb@db/site", null))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("set PGPASSWORD");
    assertThatThrownBy(() -> PostgresAddress.parse("postgresql://fb:@db/site", "x"))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("set PGPASSWORD");
  }
}
