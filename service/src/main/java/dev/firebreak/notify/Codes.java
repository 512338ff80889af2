package dev.firebreak.notify;

import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * Codes that people copy from one screen to another: {@code K7QM-2XWD}, 40 random bits, without the
 * letters and digits that look alike. Thread-safe.
 */
public final class Codes implements Supplier<String> {
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int LENGTH = 8;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(i == LENGTH / 2 ? "-" : "")
          .append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }
}
