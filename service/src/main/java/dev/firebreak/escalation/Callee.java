package dev.firebreak.escalation;

import java.util.List;

/**
 * Whom a name of a link stands for at a moment.
 *
 * @param text as the timeline says it: {@code cache-primary: ana (mail, sms)}
 * @param ways how they are told; empty when nobody would be
 */
record Callee(String text, List<Way> ways) {
  Callee {
    ways = List.copyOf(ways);
  }
}
