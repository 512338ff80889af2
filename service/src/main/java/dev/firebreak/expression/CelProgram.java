package dev.firebreak.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression.
 *
 * @param source as written
 * @param program what runs
 * @param roots the first names it reads
 * @param paths all it reads, to name what is missing
 */
record CelProgram(
    String source, CelRuntime.Program program, Set<String> roots, List<List<String>> paths) {
  static CelProgram of(String source, CelAbstractSyntaxTree tree) {
    try {
      List<List<String>> paths = CelNames.paths(tree);
      Set<String> roots = paths.stream().map(List::getFirst).collect(Collectors.toSet());
      return new CelProgram(source, CelEnvironment.shared().createProgram(tree), roots, paths);
    } catch (CelEvaluationException e) {
      throw new ExpressionException(reason(e), e);
    }
  }

  Object run(Map<String, ?> model) {
    Map<String, Object> facts = new HashMap<>();
    for (String root : roots) {
      Object fact = model.get(root);
      if (fact != null) {
        facts.put(root, CelValues.toCel(fact));
      }
    }
    try {
      return program.eval(facts);
    } catch (CelEvaluationException e) {
      throw new ExpressionException("'" + source + "': " + explain(e, model), e);
    }
  }

  private String explain(CelEvaluationException e, Map<String, ?> model) {
    if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
      for (List<String> path : paths) {
        String missing = missing(path, model);
        if (missing != null && reason(e).contains(path.getLast())) {
          return missing;
        }
      }
    }
    return reason(e);
  }

  private static @Nullable String missing(List<String> path, Map<String, ?> model) {
    Object value = model;
    for (int i = 0; i < path.size(); i++) {
      if (!(value instanceof Map<?, ?> map) || !map.containsKey(path.get(i))) {
        String parent = i == 0 ? "this context" : String.join(".", path.subList(0, i));
        return i == path.size() - 1 ? parent + " has no '" + path.get(i) + "'" : null;
      }
      value = map.get(path.get(i));
    }
    return null;
  }

  private static String reason(CelEvaluationException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^evaluation error(?: at [^:]*:\\d+)?: ", "")
        .replaceFirst(" Overload candidates.*", "");
  }
}
