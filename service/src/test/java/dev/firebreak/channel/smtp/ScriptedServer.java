package dev.firebreak.channel.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A mail server that answers each command as a test says, and 250 to what it was not told of. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, String> answers;

  /**
   * @param answers by the beginning of a command; an empty answer is none at all
   */
  ScriptedServer(Map<String, String> answers) throws IOException {
    this.answers = answers;
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread accepting = Thread.ofVirtual().start(this::accept);
    assert accepting != null;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        talk(connection);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket connection) throws IOException {
    OutputStream out = connection.getOutputStream();
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    say(out, "220 scripted");
    boolean body = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (body && !line.equals(".")) {
        continue;
      }
      body = line.equals("DATA");
      say(out, answer(line));
    }
  }

  private String answer(String command) {
    return answers.entrySet().stream()
        .filter(answer -> command.startsWith(answer.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(command.equals("DATA") ? "354 go on" : "250 fine");
  }

  private static void say(OutputStream out, String answer) throws IOException {
    if (!answer.isEmpty()) {
      out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
