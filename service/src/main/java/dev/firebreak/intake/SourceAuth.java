package dev.firebreak.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firebreak.core.Durations;
import dev.firebreak.core.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a source proves who it is; chosen by {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SourceAuth.None.class, name = "none"),
  @JsonSubTypes.Type(value = SourceAuth.Bearer.class, name = "bearer"),
  @JsonSubTypes.Type(value = SourceAuth.Basic.class, name = "basic"),
  @JsonSubTypes.Type(value = SourceAuth.Hmac.class, name = "hmac")
})
public sealed interface SourceAuth {
  /** All secrets that are in force, so that they can be checked and learnt at start. */
  List<SecretRef> secrets();

  /**
   * Type {@code none}: no proof. Only requests that come over the loopback interface are let in,
   * unless it is said that all may.
   *
   * @param insecure lets everybody in who reaches the port
   */
  record None(@JsonProperty("insecure") boolean insecure) implements SourceAuth {
    @Override
    public List<SecretRef> secrets() {
      return List.of();
    }
  }

  /**
   * Type {@code bearer}: {@code Authorization: Bearer <token>}.
   *
   * @param tokens every one of them is good, so that they can be changed one after the other
   */
  record Bearer(@JsonProperty("tokens") List<SecretRef> tokens) implements SourceAuth {
    public Bearer {
      tokens = some("tokens", tokens);
    }

    @Override
    public List<SecretRef> secrets() {
      return tokens;
    }
  }

  /**
   * Type {@code basic}: {@code Authorization: Basic <user:password>}.
   *
   * @param user the name
   * @param passwords every one of them is good
   */
  record Basic(
      @JsonProperty("user") String user, @JsonProperty("passwords") List<SecretRef> passwords)
      implements SourceAuth {
    public Basic {
      if (Objects.requireNonNullElse(user, "").isBlank() || user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("auth.user must be a name without a colon");
      }
      passwords = some("passwords", passwords);
    }

    @Override
    public List<SecretRef> secrets() {
      return passwords;
    }
  }

  /**
   * Type {@code hmac}: a header holds the HMAC of the raw bytes, or several of them joined by
   * commas, of which one must be good.
   *
   * @param secrets every one of them is good
   * @param header where the signature stands, for example {@code X-Hub-Signature-256}
   * @param algorithm {@code sha256} (unless said) or {@code sha512}
   * @param prefix what stands before each signature, for example {@code sha256=}; empty unless said
   * @param encoding {@code hex} (unless said) or {@code base64}
   * @param timestamp signed along with the body, or null when the sender sends none
   */
  record Hmac(
      @JsonProperty("secrets") List<SecretRef> secrets,
      @JsonProperty("header") String header,
      @JsonProperty("algorithm") @Nullable String algorithm,
      @JsonProperty("prefix") @Nullable String prefix,
      @JsonProperty("encoding") @Nullable String encoding,
      @JsonProperty("timestamp") @Nullable Timestamp timestamp)
      implements SourceAuth {
    public Hmac {
      secrets = some("secrets", secrets);
      if (Objects.requireNonNullElse(header, "").isBlank()) {
        throw new IllegalArgumentException("auth.header is missing: where the signature stands");
      }
      algorithm = oneOf("algorithm", algorithm, "sha256", "sha512");
      encoding = oneOf("encoding", encoding, "hex", "base64");
      prefix = Objects.requireNonNullElse(prefix, "");
    }
  }

  /**
   * A time the sender signs along with the body, so that a request cannot be sent again later.
   *
   * @param header where it stands, in seconds since 1970
   * @param within how far it may be off, both ways: a duration of at most an hour; {@code 5m}
   *     unless said
   * @param layout what is signed: {@code colon} for {@code <time>:<body>} (unless said), {@code
   *     dot} for {@code <time>.<body>}
   */
  record Timestamp(
      @JsonProperty("header") String header,
      @JsonProperty("within") @Nullable String within,
      @JsonProperty("layout") @Nullable String layout) {
    private static final String DEFAULT_WITHIN = "5m";

    public Timestamp {
      if (Objects.requireNonNullElse(header, "").isBlank()) {
        throw new IllegalArgumentException("auth.timestamp.header is missing");
      }
      within = Objects.requireNonNullElse(within, DEFAULT_WITHIN);
      Duration window = Durations.parse(within);
      if (window.isZero() || window.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("auth.timestamp.within must be from 1ms to 1h");
      }
      layout = oneOf("timestamp.layout", layout, "colon", "dot");
    }

    Duration window() {
      return Durations.parse(Objects.requireNonNullElse(within, DEFAULT_WITHIN));
    }
  }

  private static List<SecretRef> some(String key, @Nullable List<SecretRef> refs) {
    if (refs == null || refs.isEmpty()) {
      throw new IllegalArgumentException(
          "auth." + key + " is empty: give at least one, as {env: NAME} or {file: /path}");
    }
    return List.copyOf(refs);
  }

  private static String oneOf(String key, @Nullable String value, String first, String second) {
    String word = value == null ? first : value.toLowerCase(Locale.ROOT);
    if (!Set.of(first, second).contains(word)) {
      throw new IllegalArgumentException(
          "auth." + key + " must be " + first + " or " + second + ", not '" + value + "'");
    }
    return word;
  }
}
