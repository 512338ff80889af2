package dev.firebreak.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the language knows: its functions, its bounds, and one compiler per kind of scope. */
final class CelEnvironment {
  private static final int LONGEST = 8_192;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(10_000)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(50)
          .maxRegexProgramSize(2_000)
          .build();

  /** Arithmetic of a whole and a fractional number, which standard CEL does not have. */
  private enum Mixed {
    PLUS("_+_"),
    MINUS("_-_"),
    TIMES("_*_"),
    DIVIDED("_/_");

    private final String function;

    Mixed(String function) {
      this.function = function;
    }

    double apply(double a, double b) {
      return switch (this) {
        case PLUS -> a + b;
        case MINUS -> a - b;
        case TIMES -> a * b;
        case DIVIDED -> a / b;
      };
    }
  }

  private static final Map<Scope, CelCompiler> COMPILERS = new ConcurrentHashMap<>();
  private static final CelRuntime RUNTIME = runtime();

  private CelEnvironment() {}

  /** The compiler of a scope; which vars and steps there are is checked elsewhere. */
  static CelCompiler compiler(Scope scope) {
    Scope kind =
        new Scope(
            scope.alert(),
            scope.payload(),
            scope.run(),
            scope.limit(),
            scope.output(),
            Set.of(),
            Set.of(),
            scope.items(),
            Set.of(),
            scope.change());
    return COMPILERS.computeIfAbsent(kind, CelEnvironment::make);
  }

  static CelRuntime shared() {
    return RUNTIME;
  }

  private static CelCompiler make(Scope kind) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setTypeProvider(new CelTypes())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings(), CelExtensions.optional());
    CelTypes.variables(kind).forEach(builder::addVar);
    Arrays.stream(Mixed.values())
        .map(CelEnvironment::declare)
        .forEach(builder::addFunctionDeclarations);
    return builder.build();
  }

  private static CelFunctionDecl declare(Mixed mixed) {
    return CelFunctionDecl.newFunctionDeclaration(
        mixed.function,
        CelOverloadDecl.newGlobalOverload(
            mixed + "_int_double", SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
        CelOverloadDecl.newGlobalOverload(
            mixed + "_double_int", SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT));
  }

  private static CelRuntime runtime() {
    return CelRuntimeFactory.standardCelRuntimeBuilder()
        .setOptions(OPTIONS)
        .addLibraries(CelExtensions.strings(), CelExtensions.optional())
        .addFunctionBindings(
            Arrays.stream(Mixed.values()).flatMap(mixed -> bindings(mixed).stream()).toList())
        .build();
  }

  private static List<CelFunctionBinding> bindings(Mixed mixed) {
    return List.of(
        CelFunctionBinding.from(
            mixed + "_int_double",
            Long.class,
            Double.class,
            (a, b) -> mixed.apply(a.doubleValue(), b)),
        CelFunctionBinding.from(
            mixed + "_double_int",
            Double.class,
            Long.class,
            (a, b) -> mixed.apply(a, b.doubleValue())));
  }
}
