package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever adds a page says who may see it; and what is open to anybody is this short list. */
class GuardedTest {
  private static final JavaClasses ROOM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.firebreak.web");

  @Test
  void everyMethod_saysWhoMayCallIt() {
    List<JavaMethod> methods = methods();
    assertThat(methods).hasSizeGreaterThan(20);
    assertThat(methods)
        .allMatch(m -> m.isAnnotatedWith(Needs.class) != m.isAnnotatedWith(Open.class));
  }

  @Test
  void openToAnybody_isOnlyWhatMustBe() {
    assertThat(methods().stream().filter(method -> method.isAnnotatedWith(Open.class)))
        .extracting(method -> method.getOwner().getSimpleName())
        .hasSameElementsAs(
            Set.of("LoginPage", "SetupPage", "DecidePage", "AssetsResource", "LostPage"));
  }

  @Test
  void looking_changesNothing() {
    assertThat(methods().stream().filter(method -> method.isAnnotatedWith(GET.class)))
        .noneMatch(
            method ->
                method.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().getSimpleName().equals("Orders")));
  }

  private static List<JavaMethod> methods() {
    return ROOM.stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .flatMap(type -> type.getMethods().stream())
        .filter(m -> m.isAnnotatedWith(GET.class) || m.isAnnotatedWith(POST.class))
        .toList();
  }
}
