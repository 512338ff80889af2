package dev.firebreak.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firebreak.alert.Headers;
import dev.firebreak.core.Masker;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final byte[] BODY = "{\"a\": \"ü\"}".getBytes(StandardCharsets.UTF_8);

  private final Map<String, String> environment = new HashMap<>(Map.of("OLD", "one", "NEW", "two"));
  private final Secrets secrets = new Secrets(Map.of(), environment::get, new Masker());
  private final List<SecretRef> refs = List.of(SecretRef.env("OLD"), SecretRef.env("NEW"));

  private static Headers headers(String... pairs) {
    Map<String, List<String>> all = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.merge(
          pairs[i],
          List.of(pairs[i + 1]),
          (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
    }
    return Headers.of(all);
  }

  private void accepted(SourceAuth auth, Headers headers) {
    assertThatCode(() -> check(auth, headers)).doesNotThrowAnyException();
  }

  private void refused(SourceAuth auth, Headers headers) {
    assertThat(kind(auth, headers)).isEqualTo(IntakeRefused.Kind.UNAUTHENTICATED);
  }

  private IntakeRefused.@Nullable Kind kind(SourceAuth auth, Headers headers) {
    IntakeRefused refusal = catchThrowableOfType(IntakeRefused.class, () -> check(auth, headers));
    return refusal == null ? null : refusal.kind();
  }

  private void check(SourceAuth auth, Headers headers) {
    Proof proof = Proof.of(auth, secrets);
    proof.beforeBody(headers, false);
    proof.withBody(headers, BODY, NOW);
  }

  private static byte[] mac(String algorithm, String secret, String before) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(BODY);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(String secret, String before) {
    return HexFormat.of().formatHex(mac("HmacSHA256", secret, before));
  }

  private SourceAuth.Hmac hmac(String prefix, SourceAuth.@Nullable Timestamp timestamp) {
    return new SourceAuth.Hmac(refs, "X-Signature", null, prefix, null, timestamp);
  }

  @Test
  void bearer_anyActiveToken_isAccepted() {
    SourceAuth auth = new SourceAuth.Bearer(refs);
    accepted(auth, headers("Authorization", "Bearer one"));
    accepted(auth, headers("authorization", "bearer two"));
  }

  @Test
  void bearer_wrongMissingOrDoubled_isRefused() {
    SourceAuth auth = new SourceAuth.Bearer(refs);
    refused(auth, Headers.NONE);
    refused(auth, headers("Authorization", "Bearer "));
    refused(auth, headers("Authorization", "Bearer onex"));
    refused(auth, headers("Authorization", "Basic one"));
    refused(auth, headers("Authorization", "Bearer one", "Authorization", "Bearer one"));
  }

  @Test
  void anyProof_secretOfOursMissing_asksTheSenderToComeAgain() {
    environment.remove("OLD");
    SourceAuth auth = new SourceAuth.Bearer(refs);

    accepted(auth, headers("Authorization", "Bearer two"));
    assertThat(kind(auth, headers("Authorization", "Bearer one")))
        .isEqualTo(IntakeRefused.Kind.UNAVAILABLE);
  }

  @Test
  void basic_userAndAnyActivePassword_isAccepted() {
    SourceAuth auth = new SourceAuth.Basic("am", refs);
    accepted(auth, headers("Authorization", "Basic " + base64("am:two")));
    refused(auth, headers("Authorization", "Basic " + base64("root:two")));
    refused(auth, headers("Authorization", "Basic " + base64("am:three")));
    refused(auth, headers("Authorization", "Basic %%%"));
    refused(auth, Headers.NONE);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hmac_ofTheRawBytesByAnyActiveSecret_isAccepted() {
    accepted(hmac("sha256=", null), headers("X-Signature", "sha256=" + hex("two", "")));
    accepted(
        hmac("", null), headers("x-signature", hex("one", "").toUpperCase(java.util.Locale.ROOT)));
    accepted(
        hmac("v1=", null),
        headers("X-Signature", "v1=" + "0".repeat(64) + ", v1=" + hex("one", "")));
  }

  @Test
  void hmac_sha512InBase64_isAccepted() {
    SourceAuth auth = new SourceAuth.Hmac(refs, "X-S", "sha512", null, "base64", null);
    String signature = Base64.getEncoder().encodeToString(mac("HmacSHA512", "one", ""));
    accepted(auth, headers("X-S", signature));
  }

  @Test
  void hmac_otherBodySecretFormOrNone_isRefused() {
    refused(hmac("", null), Headers.NONE);
    refused(hmac("", null), headers("X-Signature", ""));
    refused(hmac("", null), headers("X-Signature", "nonsense"));
    refused(hmac("", null), headers("X-Signature", hex("three", "")));
    refused(hmac("", null), headers("X-Signature", hex("one", "x")));
    refused(hmac("sha256=", null), headers("X-Signature", hex("one", "")));
    refused(hmac("", null), headers("X-Signature", hex("one", "").substring(2)));
  }

  @Test
  void hmac_withTime_coversTheTimeAndOnlyTheWindow() {
    SourceAuth colon = hmac("", new SourceAuth.Timestamp("X-Time", null, null));
    String now = Long.toString(NOW.getEpochSecond());
    String late = Long.toString(NOW.getEpochSecond() - 301);
    String early = Long.toString(NOW.getEpochSecond() + 301);

    accepted(colon, headers("X-Time", now, "X-Signature", hex("one", now + ":")));
    refused(colon, headers("X-Time", now, "X-Signature", hex("one", "")));
    refused(colon, headers("X-Time", now, "X-Signature", hex("one", now + ".")));
    refused(colon, headers("X-Time", late, "X-Signature", hex("one", late + ":")));
    refused(colon, headers("X-Time", early, "X-Signature", hex("one", early + ":")));
    refused(colon, headers("X-Signature", hex("one", now + ":")));
    refused(colon, headers("X-Time", "soon", "X-Signature", hex("one", "soon:")));

    SourceAuth dot = hmac("", new SourceAuth.Timestamp("X-Time", "1h", "dot"));
    accepted(dot, headers("X-Time", late, "X-Signature", hex("one", late + ".")));
  }

  @Test
  void none_fromElsewhere_isRefusedUnlessSaid() {
    Proof proof = Proof.of(new SourceAuth.None(false), secrets);
    assertThatCode(() -> proof.beforeBody(Headers.NONE, true)).doesNotThrowAnyException();
    refused(new SourceAuth.None(false), Headers.NONE);
    accepted(new SourceAuth.None(true), Headers.NONE);
  }

  @Test
  void refusal_tellsTheSchemeAndNoSecret() {
    IntakeRefused refusal =
        catchThrowableOfType(
            IntakeRefused.class,
            () -> check(new SourceAuth.Bearer(refs), headers("Authorization", "Bearer x")));
    assertThat(refusal.challenge()).contains("Bearer realm=\"firebreak\"");
    assertThat(refusal).hasMessage("the bearer token is not one of this source");
  }
}
