package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.Test;

/** What is found out about every statement before it is first executed. */
class StatementsTest {
  @Test
  void everyStatementOfTheStore_bindsAndReadsWhatItNames() {
    Prepared.Handlers handlers = new Prepared.Handlers();
    List<Method> methods =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.firebreak.store")
                .stream()
                .filter(type -> type.isInterface() && !type.isEquivalentTo(Faulty.class))
                .flatMap(type -> Stream.of(type.reflect().getDeclaredMethods()))
                .filter(method -> handlers.accepts(method.getDeclaringClass(), method))
                .toList();
    assertThat(methods).hasSizeGreaterThan(100);
    for (Method method : methods) {
      assertThat(handlers.createExtensionHandler(method.getDeclaringClass(), method)).isPresent();
    }
  }

  /** A statement with a name nothing is bound to. */
  interface Faulty {
    @SqlQuery("SELECT :other")
    String find(@Bind("one") String one);
  }

  @Test
  void nameWithoutArgument_isRefusedByName() throws Exception {
    Method method = Faulty.class.getDeclaredMethod("find", String.class);
    assertThatThrownBy(() -> new Prepared.Handlers().createExtensionHandler(Faulty.class, method))
        .hasMessageContaining(":other");
  }

  @Test
  void names_areFoundOutsideOfQuotesAndCasts() {
    Map<String, SqlText> expected =
        Map.of(
            "a = :a AND b = :bC", new SqlText("a = ? AND b = ?", List.of("a", "bC")),
            "at > '10:00:00Z' AND x = :x", new SqlText("at > '10:00:00Z' AND x = ?", List.of("x")),
            "y::text = :y", new SqlText("y::text = ?", List.of("y")));
    expected.forEach((text, parsed) -> assertThat(SqlText.parse(text)).isEqualTo(parsed));
  }
}
