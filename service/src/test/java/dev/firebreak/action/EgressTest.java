package dev.firebreak.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Reason;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.fixtures.RawServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
  private static final Executor THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

  private static Egress rule(String... allow) {
    return new Egress(new EgressSettings(List.of(allow)), THREADS);
  }

  private static void check(Egress egress, String host, String address, int port)
      throws EgressRefused {
    egress.check(host, InetAddress.ofLiteral(address), port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "169.254.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "100.100.100.200",
        "::1",
        "::",
        "fe80::1",
        "ff02::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::ffff:169.254.169.254",
      })
  void addressOfThisMachineItsLinkOrItsCloud_isRefused(String address) {
    assertThatThrownBy(() -> check(rule(), address, address, 80))
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("egress.allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "93.184.216.34",
        "fd12::1",
        "2606:4700::1"
      })
  void addressOfANetwork_isNot(String address) {
    assertThatCode(() -> check(rule(), address, address, 80)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, h, 127.0.0.1, 80, true",
    "127.0.0.1:81, h, 127.0.0.1, 80, false",
    "127.0.0.1:80, h, 127.0.0.1, 80, true",
    "127.0.0.0/8, h, 127.3.4.5, 80, true",
    "127.0.0.0/30, h, 127.0.0.4, 80, false",
    "[::1]:80, h, ::1, 80, true",
    "::1, h, ::1, 9, true",
    "'[::1]:80', h, ::1, 81, false",
    "fe80::/10, h, fe80::7, 1, true",
    "localhost, LOCALHOST, 127.0.0.1, 80, true",
    "localhost:81, localhost, ::1, 80, false",
    "localhost, other, 127.0.0.1, 80, false",
    "169.254.0.0/16, h, 169.254.169.254, 80, false",
    "metadata, metadata, 169.254.169.254, 80, false",
    "169.254.169.254, h, 169.254.169.254, 80, true",
    "0.0.0.0/0, h, 127.0.0.1, 80, true",
    "0.0.0.0/0, h, 169.254.169.254, 80, false",
  })
  void exception_holdsForWhatItSays(
      String entry, String host, String address, int port, boolean open) {
    var attempt = assertThatCode(() -> check(rule(entry), host, address, port));
    if (open) {
      attempt.doesNotThrowAnyException();
    } else {
      attempt.isInstanceOf(EgressRefused.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "http://h", "h/8", "1.2.3.4/33", "1.2.3.4:70000", "a b", "*", "1.2.3", "[h]"})
  void exceptionThatIsNone_isRefused(String entry) {
    assertThatThrownBy(() -> new EgressSettings(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("egress.allow: '" + entry + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "[::1]",
        "169.254.169.254",
        "0.0.0.0",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "localhost",
        "localhost.",
        "0x7f000001",
        "127.0.0.1.",
        "017700000001",
      })
  void urlThatLeadsHome_isRefusedHoweverItIsWritten(String host) throws Exception {
    AtomicInteger reached = new AtomicInteger();
    try (RawServer raw = new RawServer((me, socket) -> reached.incrementAndGet())) {
      Bench bench =
          new Bench().allow().resolver(name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
      for (String type : List.of("http", "tcp")) {
        Map<String, Object> params =
            type.equals("http")
                ? Map.of("url", "http://" + host + ":" + raw.port() + "/", "method", "POST")
                : Map.of("host", host, "port", raw.port());
        Reason reason = reason(bench, type, params);
        assertThat(reason.code())
            .as("%s %s: %s", type, host, reason.text())
            .isEqualTo("egress-refused");
      }
    }
    assertThat(reached).hasValue(0);
  }

  private static Reason reason(Bench bench, String type, Map<String, Object> params) {
    Outcome.Failed failed = (Outcome.Failed) bench.change(type, params);
    assertThat(failed.retryable()).isFalse();
    return failed.reason();
  }

  @Test
  void hostOfSeveralMinds_isRefusedAltogether() {
    Bench bench = new Bench().allow().host("both.example", "93.184.216.34", "127.0.0.1");
    assertThat(reason(bench, "http", Map.of("url", "http://both.example/")).code())
        .isEqualTo("egress-refused");
    assertThat(reason(bench, "tcp", Map.of("host", "both.example", "port", 80)).code())
        .isEqualTo("egress-refused");
  }

  @Test
  void hostThatChangesItsMind_isConnectedWhereItWasChecked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer raw = new RawServer((me, socket) -> socket.close())) {
      Bench bench =
          new Bench()
              .allow("127.0.0.1")
              .resolver(
                  host ->
                      List.of(
                          InetAddress.ofLiteral(
                              asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")));
      assertThat(bench.read("tcp", Map.of("host", "rebind.example", "port", raw.port())))
          .isInstanceOf(Outcome.Succeeded.class);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void lookUpThatHangs_endsInTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Bench bench =
        new Bench()
            .resolver(
                host -> {
                  try {
                    never.await(1, TimeUnit.MINUTES);
                  } catch (InterruptedException e) {
                    throw new UnknownHostException(host);
                  }
                  return List.of();
                });
    for (String type : List.of("http", "tcp")) {
      Map<String, Object> params =
          type.equals("http")
              ? Map.of("url", "http://slow.example/", "method", "POST")
              : Map.of("host", "slow.example", "port", 80);
      Outcome outcome =
          bench
              .action(type)
              .run(Bench.invocation(params, true, Duration.ofMillis(200), new Cancellation()));
      assertThat(((Outcome.Failed) outcome).reason().code()).isIn("unknown-host", "timed-out");
    }
    never.countDown();
  }
}
