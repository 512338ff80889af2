package dev.firebreak.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows the names of an expression, so that a misspelt one is found before it is needed. */
final class CelNames {
  private static final Set<String> INDEXES = Set.of("_[_]", "_[?_]", "_?._");

  private CelNames() {}

  /**
   * Checks every path that begins at a known name.
   *
   * @throws ExpressionException for the first that leads nowhere
   */
  static void check(CelAbstractSyntaxTree tree, Scope scope) {
    Shape shape = Shape.of(scope);
    for (CelExpr node : nodes(tree)) {
      List<String> path = path(node);
      if (path.size() > 1 && shape.at(path.subList(0, path.size() - 1)).isPresent()) {
        shape.fault(path).ifPresent(fault -> report(tree, node, path, scope, fault));
      }
    }
  }

  private static void report(
      CelAbstractSyntaxTree tree, CelExpr node, List<String> path, Scope scope, Shape.Fault fault) {
    if (!(shadowed(tree).contains(path.getFirst()) || unknownRoot(path, scope))) {
      throw Cel.fault(tree.getSource(), node.id(), fault.what(), advice(path, scope, fault));
    }
  }

  private static boolean unknownRoot(List<String> path, Scope scope) {
    return Shape.of(scope).at(path.subList(0, 1)).isEmpty();
  }

  private static String advice(List<String> path, Scope scope, Shape.Fault fault) {
    Set<String> names =
        switch (path.getFirst()) {
          case "steps" -> scope.steps();
          case "vars" -> scope.vars();
          case "inputs" -> scope.inputs();
          default -> Set.of();
        };
    String name = path.getLast();
    return names.stream()
        .filter(known -> known.startsWith(name + "-"))
        .findFirst()
        .map(known -> "a name with a hyphen is written " + path.getFirst() + "['" + known + "']")
        .orElse(fault.advice());
  }

  private static Set<String> shadowed(CelAbstractSyntaxTree tree) {
    return nodes(tree).stream()
        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION)
        .map(node -> node.comprehension().iterVar())
        .collect(Collectors.toSet());
  }

  /** The paths an expression reads, in the order of the text. */
  static List<List<String>> paths(CelAbstractSyntaxTree tree) {
    return nodes(tree).stream()
        .filter(
            node -> !(node.getKind() == CelExpr.ExprKind.Kind.SELECT && node.select().testOnly()))
        .map(CelNames::path)
        .filter(path -> !path.isEmpty())
        .toList();
  }

  /**
   * Refuses a division of JSON numbers that would silently be cut to a whole number.
   *
   * @throws ExpressionException for the first
   */
  static void checkDivisions(CelAbstractSyntaxTree tree) {
    for (CelExpr node : nodes(tree)) {
      boolean divides =
          node.getKind() == CelExpr.ExprKind.Kind.CALL && node.call().function().equals("_/_");
      if (divides && cuts(tree, node)) {
        throw Cel.fault(
            tree.getSource(),
            node.id(),
            "dividing two whole numbers cuts the result to a whole number",
            "write double(a) / double(b)");
      }
    }
  }

  private static boolean cuts(CelAbstractSyntaxTree tree, CelExpr node) {
    boolean whole =
        tree.getReference(node.id())
            .map(CelReference::overloadIds)
            .map(ids -> ids.contains("divide_int64"))
            .orElse(false);
    boolean unsure =
        node.call().args().stream()
            .anyMatch(arg -> tree.getType(arg.id()).map(t -> t.kind() == CelKind.DYN).orElse(true));
    return whole && unsure;
  }

  private static List<CelExpr> nodes(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr).toList();
  }

  /** {@code steps.ping['ok']} as its names; empty for what is not a plain path. */
  private static List<String> path(CelExpr node) {
    return switch (node.getKind()) {
      case IDENT -> List.of(node.ident().name());
      case SELECT -> join(path(node.select().operand()), Optional.of(node.select().field()));
      case CALL -> INDEXES.contains(node.call().function()) ? index(node.call()) : List.of();
      default -> List.of();
    };
  }

  private static List<String> index(CelCall call) {
    CelExpr key = call.args().get(1);
    boolean constant =
        key.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && key.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return join(
        path(call.args().getFirst()),
        constant ? Optional.of(key.constant().stringValue()) : Optional.empty());
  }

  private static List<String> join(List<String> operand, Optional<String> name) {
    if (operand.isEmpty() || name.isEmpty()) {
      return List.of();
    }
    List<String> path = new ArrayList<>(operand);
    path.add(name.get());
    return path;
  }
}
