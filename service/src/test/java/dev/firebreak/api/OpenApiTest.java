package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.firebreak.access.Role;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private final Description description = new Description();

  @Test
  void description_namesEveryOperationAndNoOther() {
    assertThat(operations().keySet())
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(description.operations());
  }

  @Test
  void everyOperation_saysWhoMayCallIt_asItsDescriptionDoes() {
    operations()
        .forEach(
            (operation, method) -> {
              boolean said =
                  method.isAnnotationPresent(RolesAllowed.class)
                      || method.isAnnotationPresent(PermitAll.class)
                      || method.getDeclaringClass().isAnnotationPresent(RolesAllowed.class)
                      || method.getDeclaringClass().isAnnotationPresent(PermitAll.class);
              assertThat(said).as("%s says who may call it", operation).isTrue();
              Optional<List<Role>> rule = AccessFeature.rule(method, method.getDeclaringClass());
              String[] parts = operation.split(" ", 2);
              JsonNode described = description.operation(parts[0], parts[1]);
              assertThat(described.path("x-role").asText())
                  .as("role of %s", operation)
                  .isEqualTo(rule.map(roles -> roles.getFirst().asText()).orElse(""));
              assertThat(described.has("security")).isEqualTo(rule.isEmpty());
            });
  }

  @Test
  void method_thatSaysNothing_isForNobody() throws NoSuchMethodException {
    Method silent = Object.class.getMethod("toString");
    assertThat(AccessFeature.rule(silent, Object.class)).contains(List.of());
  }

  @Test
  void examples_areWhatTheirSchemasSay() {
    int seen = 0;
    for (JsonNode content : description.document.findValues("content")) {
      for (Map.Entry<String, JsonNode> media : content.properties()) {
        JsonNode example = media.getValue().path("example");
        if (!example.isMissingNode()) {
          assertThat(description.faults(media.getValue().path("schema"), example))
              .as("example %s", example)
              .isEmpty();
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(30);
  }

  @Test
  void references_leadSomewhere() {
    assertThat(description.document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref ->
                assertThat(description.document.at(ref.substring(1)).isMissingNode())
                    .as(ref)
                    .isFalse());
  }

  private static Map<String, Method> operations() {
    Map<String, Method> all = new HashMap<>();
    for (Class<?> type : resources()) {
      for (Method method : type.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            all.put(http.value().toLowerCase(Locale.ROOT) + " " + path(type, method), method);
          }
        }
      }
    }
    return all;
  }

  private static String path(Class<?> type, Method method) {
    Path own = method.getAnnotation(Path.class);
    String path = type.getAnnotation(Path.class).value() + (own == null ? "" : own.value());
    return path.replaceAll(":[^}]*}", "}");
  }

  private static List<Class<?>> resources() {
    List<Class<?>> found = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.firebreak.api")) {
      if (type.isAnnotatedWith(Path.class)) {
        found.add(type.reflect());
      }
    }
    return found;
  }
}
