package dev.firebreak.action.command;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Params;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a program must end. */
record ExitExpectation(Set<Integer> codes, @Nullable String contains) {
  static ExitExpectation read(Params params) {
    Params expect = new Params(params.fields("expect"));
    Set<Integer> codes = new TreeSet<>();
    if (expect.raw("exit") instanceof List<?> list) {
      for (Object code : list) {
        codes.add(
            new Params(java.util.Map.of("expect.exit", code)).integer("expect.exit", 0, 0, 255));
      }
      if (codes.isEmpty()) {
        throw new BadParameter("expect.exit", "is an empty list");
      }
    } else {
      codes.add(expect.integer("exit", 0, 0, 255));
    }
    return new ExitExpectation(
        codes, expect.has("stdout_contains") ? expect.text("stdout_contains") : null);
  }
}
