package dev.firebreak.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant, for "did you mean" in errors. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** The known name nearest to a misspelt one, empty when none is near. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int far = Math.max(1, word.length() * 3 / 7);
    return known.stream()
        .filter(name -> name.length() <= LONGEST)
        .sorted(Comparator.<String>comparingInt(name -> distance(word, name)).thenComparing(n -> n))
        .findFirst()
        .filter(name -> distance(word, name) <= far || name.equalsIgnoreCase(word));
  }

  /** {@code did you mean 'labels'?}, or {@code known: a, b} when nothing is near, or empty. */
  public static String advice(String word, Collection<String> known) {
    return to(word, known)
        .map(name -> "did you mean '" + name + "'?")
        .orElse(known.isEmpty() ? "" : "known: " + list(known));
  }

  private static String list(Collection<String> known) {
    String names = String.join(", ", known.stream().sorted().limit(20).toList());
    return known.size() > 20 ? names + ", …" : names;
  }

  /** Optimal string alignment: insert, delete, replace, or swap two neighbours. */
  private static int distance(String one, String two) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = two.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
