package dev.firebreak.action.http;

import io.dropwizard.util.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code actions.http} of the configuration.
 *
 * @param maxBody how much of an answer is read, unzipped; 1 MiB by default, at most 64 MiB
 */
record HttpSettings(@Nullable DataSize maxBody) {
  HttpSettings {
    if (maxBody != null && (maxBody.toBytes() < 1 || maxBody.toMebibytes() > 64)) {
      throw new IllegalArgumentException("maxBody must be from 1 byte to 64 MiB");
    }
  }

  int maxBytes() {
    return maxBody == null ? 1 << 20 : (int) maxBody.toBytes();
  }
}
