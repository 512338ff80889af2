package dev.firebreak.action.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Cancellation;
import dev.firebreak.action.Outcome;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.fixtures.RawServer;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpActionTest {
  private final Bench bench = new Bench();

  private static Map<String, Object> at(RawServer server) {
    return Map.of("host", "127.0.0.1", "port", server.port());
  }

  @Test
  void portThatListens_isOpen() throws Exception {
    try (RawServer server = new RawServer((me, socket) -> socket.getInputStream().read())) {
      Outcome outcome = bench.read("tcp", at(server));
      assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
      assertThat(outcome.output()).containsEntry("open", true).containsKey("duration_ms");
    }
  }

  @Test
  void portAsText_isTaken_andAWrongOneRefused() throws Exception {
    try (RawServer server = new RawServer((me, socket) -> socket.close())) {
      assertThat(bench.read("tcp", Map.of("host", "127.0.0.1", "port", server.port() + "")))
          .isInstanceOf(Outcome.Succeeded.class);
    }
    for (Object port : new Object[] {0, 65536, "http", ""}) {
      assertThatThrownBy(() -> bench.read("tcp", Map.of("host", "h", "port", port)))
          .isInstanceOf(BadParameter.class);
    }
    assertThatThrownBy(() -> bench.read("tcp", Map.of("host", " ", "port", 1)))
        .hasMessage("parameter 'host' is empty");
  }

  @Test
  void nothingListens_isRefused() {
    Outcome.Failed failed =
        (Outcome.Failed) bench.read("tcp", Map.of("host", "127.0.0.1", "port", 1));
    assertThat(failed.reason().code()).isEqualTo("refused");
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.output()).containsEntry("open", false);
  }

  @Test
  void unknownHost_isNamed() {
    bench.resolver(
        host -> {
          throw new UnknownHostException(host);
        });
    Outcome.Failed failed =
        (Outcome.Failed) bench.read("tcp", Map.of("host", "no.such.host", "port", 1));
    assertThat(failed.reason().code()).isEqualTo("unknown-host");
    assertThat(failed.reason().text()).contains("no.such.host");
  }

  @Test
  void answer_isComparedWithWhatIsExpected() throws Exception {
    try (RawServer server =
        new RawServer(
            (me, socket) -> {
              byte[] said = new byte[6];
              socket.getInputStream().readNBytes(said, 0, 6);
              me.answer(socket, "+PO");
              me.answer(socket, "NG\r\n");
              socket.close();
            })) {
      Map<String, Object> ping =
          Map.of(
              "host",
              "127.0.0.1",
              "port",
              server.port(),
              "send",
              "PING\r\n",
              "reads",
              true,
              "expect",
              "PONG");
      Outcome outcome = bench.read("tcp", ping);
      assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
      assertThat(outcome.output()).containsEntry("answer", "+PONG\r\n");
      Map<String, Object> other = new java.util.HashMap<>(ping);
      other.put("expect", "OK");
      Outcome.Failed failed = (Outcome.Failed) bench.read("tcp", other);
      assertThat(failed.reason().code()).isEqualTo("unexpected-answer");
      assertThat(failed.output()).containsEntry("open", true);
      other.remove("reads");
      assertThat(bench.change("tcp", other)).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void silentServer_isLeftInTime() throws Exception {
    try (RawServer server = new RawServer((me, socket) -> socket.getInputStream().read())) {
      Outcome.Failed failed =
          (Outcome.Failed)
              bench.read(
                  "tcp",
                  Map.of(
                      "host",
                      "127.0.0.1",
                      "port",
                      server.port(),
                      "expect",
                      "hello",
                      "timeout",
                      "200ms"));
      assertThat(failed.reason().code()).isEqualTo("timed-out");
    }
  }

  @Test
  void endlessAnswer_isCut() throws Exception {
    try (RawServer server =
        new RawServer(
            (me, socket) -> {
              for (int i = 0; i < 1000; i++) {
                me.answer(socket, "x".repeat(1000));
              }
            })) {
      Outcome.Failed failed =
          (Outcome.Failed)
              bench.read("tcp", Map.of("host", "127.0.0.1", "port", server.port(), "expect", "y"));
      assertThat(failed.reason().code()).isEqualTo("unexpected-answer");
      assertThat(failed.evidence().getFirst().content()).hasSize(64 * 1024);
    }
  }

  @Test
  void cancelled_returnsSoon() throws Exception {
    Cancellation cancellation = new Cancellation();
    try (RawServer server =
        new RawServer(
            (me, socket) -> {
              cancellation.cancel();
              socket.getInputStream().read();
            })) {
      Outcome outcome =
          bench
              .action("tcp")
              .run(
                  Bench.invocation(
                      Map.of(
                          "host",
                          "127.0.0.1",
                          "port",
                          server.port(),
                          "expect",
                          "x",
                          "timeout",
                          "5m"),
                      false,
                      Duration.ofMinutes(5),
                      cancellation));
      assertThat(((Outcome.Failed) outcome).reason().code()).isEqualTo("cancelled");
    }
  }

  @Test
  void sending_isAChangeUnlessSaidToRead() {
    var tcp = bench.action("tcp");
    assertThat(tcp.changes(Map.of("host", "h", "port", 1))).isFalse();
    assertThat(tcp.changes(Map.of("host", "h", "port", 1, "send", "SHUTDOWN\n"))).isTrue();
    assertThat(tcp.changes(Map.of("host", "h", "port", 1, "send", "x", "reads", true))).isFalse();
  }
}
