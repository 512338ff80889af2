package dev.firebreak.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Finds many byte patterns in one pass (Aho and Corasick, "Efficient string matching", 1975). Line
 * breaks are skipped in patterns and bytes alike, so that a wrapped secret is found too. Immutable.
 */
final class Patterns {
  private static final int ROOT = 0;

  private int nodes = 1;
  private int[] firstChild = new int[64];
  private int[] sibling = new int[64];
  private byte[] label = new byte[64];
  private int[] depth = new int[64];

  /** Length of the longest pattern that ends in this node, 0 for none. */
  private int[] longest = new int[64];

  private final int[] fail;
  private final int deepest;
  private final int[] fromRoot = new int[256];

  Patterns(Set<String> patterns) {
    patterns.forEach(pattern -> insert(pattern.getBytes(StandardCharsets.UTF_8)));
    fail = new int[nodes];
    for (int child = firstChild[ROOT]; child != 0; child = sibling[child]) {
      fromRoot[label[child] & 0xff] = child;
    }
    link();
    deepest = Arrays.stream(depth).max().orElse(0);
  }

  private void insert(byte[] pattern) {
    int node = ROOT;
    for (byte b : pattern) {
      if (!skipped(b)) {
        int child = child(node, b);
        node = child == 0 ? grow(node, b) : child;
      }
    }
    longest[node] = depth[node];
  }

  private static boolean skipped(byte b) {
    return b == '\n' || b == '\r';
  }

  private int child(int node, byte b) {
    int child = firstChild[node];
    while (child != 0 && label[child] != b) {
      child = sibling[child];
    }
    return child;
  }

  private int grow(int parent, byte b) {
    if (nodes == label.length) {
      int size = nodes * 2;
      firstChild = Arrays.copyOf(firstChild, size);
      sibling = Arrays.copyOf(sibling, size);
      label = Arrays.copyOf(label, size);
      depth = Arrays.copyOf(depth, size);
      longest = Arrays.copyOf(longest, size);
    }
    int node = nodes++;
    label[node] = b;
    depth[node] = depth[parent] + 1;
    sibling[node] = firstChild[parent];
    firstChild[parent] = node;
    return node;
  }

  /** Breadth first, so that a node's failure link is complete before its children need it. */
  private void link() {
    int[] queue = new int[nodes];
    int tail = 1;
    for (int head = 0; head < tail; head++) {
      int node = queue[head];
      for (int child = firstChild[node]; child != 0; child = sibling[child]) {
        fail[child] = node == ROOT ? ROOT : step(fail[node], label[child]);
        longest[child] = Math.max(longest[child], longest[fail[child]]);
        queue[tail++] = child;
      }
    }
  }

  private int step(int from, byte b) {
    for (int node = from; node != ROOT; node = fail[node]) {
      int child = child(node, b);
      if (child != 0) {
        return child;
      }
    }
    return fromRoot[b & 0xff];
  }

  /**
   * Where patterns stand.
   *
   * @param cut whether a pattern that has only begun at the end counts
   * @return from (inclusive) and to (exclusive), in turn; ascending, without overlap
   */
  int[] find(byte[] bytes, boolean cut) {
    Spans spans = new Spans();
    int node = ROOT;
    int[] starts = new int[Math.min(bytes.length, deepest) + 1];
    int kept = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (skipped(bytes[i])) {
        continue;
      }
      starts[kept++ % starts.length] = i;
      node = step(node, bytes[i]);
      if (longest[node] > 0) {
        spans.add(starts[(kept - longest[node]) % starts.length], i + 1);
      }
    }
    if (cut && depth[node] > 0) {
      spans.add(starts[(kept - depth[node]) % starts.length], bytes.length);
    }
    return spans.asArray();
  }

  /** Spans whose ends come in ascending order; overlapping ones grow together. */
  private static final class Spans {
    private int[] bounds = new int[16];
    private int size;

    void add(int from, int to) {
      int start = from;
      while (size > 0 && bounds[size - 1] >= start) {
        start = Math.min(start, bounds[size - 2]);
        size -= 2;
      }
      if (size == bounds.length) {
        bounds = Arrays.copyOf(bounds, size * 2);
      }
      bounds[size++] = start;
      bounds[size++] = to;
    }

    int[] asArray() {
      return Arrays.copyOf(bounds, size);
    }
  }
}
