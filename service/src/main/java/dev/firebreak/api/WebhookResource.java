package dev.firebreak.api;

import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.Headers;
import dev.firebreak.engine.Rush;
import dev.firebreak.intake.Intake;
import dev.firebreak.intake.IntakeRefused;
import dev.firebreak.intake.Post;
import dev.firebreak.intake.Source;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where alerting systems send to. Each source authenticates in its own way, so that no token is
 * asked for here. What can be refused is refused before the body is read; the body is read through
 * a limit that counts inflated bytes; the answer is written once everything is durable, by a thread
 * that is neither the server's nor the ledger's.
 */
@Path("/webhooks/{source}")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@PermitAll
public final class WebhookResource {
  private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

  private final Intake intake;
  private final Executor answers;
  private final Rush rush;
  private final Duration patience;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /**
   * The resource.
   *
   * @param answers writes the answers; never runs a task on the thread that hands it over
   * @param rush told of senders that wait
   * @param patience how long the sender is kept waiting for the database
   */
  WebhookResource(Intake intake, Executor answers, Rush rush, Duration patience) {
    this.intake = intake;
    this.answers = answers;
    this.rush = rush;
    this.patience = patience;
  }

  @POST
  public void receive(
      @PathParam("source") String name,
      @Context HttpServletRequest request,
      InputStream body,
      @Context HttpServletResponse answer,
      @Suspended AsyncResponse response) {
    Post post;
    try {
      post = post(intake.source(name), request, body);
    } catch (IntakeRefused e) {
      intake.refused(name, e);
      hangUp(answer);
      throw IntakeProblems.of(e);
    } catch (ProblemException e) {
      hangUp(answer);
      throw e;
    }
    response.setTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    response.setTimeoutHandler(late -> late.resume(tooLate()));
    CompletableFuture<Delivery> received = received(post);
    rush.entered();
    Object unused =
        received.whenCompleteAsync((taken, failure) -> answer(response, taken, failure), answers);
  }

  /** A few at a time, in the order they came: of a thousand read at once, all would be late. */
  private CompletableFuture<Delivery> received(Post post) {
    turns.acquireUninterruptibly();
    try {
      return intake.receive(post);
    } finally {
      turns.release();
    }
  }

  /** What is left of the body is not read, so nothing else can come on this connection. */
  private static void hangUp(HttpServletResponse answer) {
    answer.setHeader("Connection", "close");
  }

  private void answer(
      AsyncResponse response, @Nullable Delivery delivery, @Nullable Throwable failure) {
    rush.left();
    if (failure != null) {
      response.resume(problem(failure));
    } else {
      response.resume(
          Response.accepted(ReceiptDoc.of(Objects.requireNonNull(delivery)))
              .type(MediaType.APPLICATION_JSON_TYPE)
              .build());
    }
  }

  private static Throwable problem(Throwable failure) {
    Throwable cause = failure.getCause();
    if (failure instanceof CompletionException && cause != null) {
      return problem(cause);
    }
    return failure instanceof IntakeRefused refused ? IntakeProblems.of(refused) : failure;
  }

  private static ProblemException tooLate() {
    return IntakeProblems.unavailable(
        "The database is too slow: the delivery may be stored later. Send it again: what is stored"
            + " twice starts nothing twice.");
  }

  private static Post post(Source source, HttpServletRequest request, InputStream body) {
    Headers headers = headers(request);
    String mediaType = request.getContentType();
    boolean loopback = Loopback.is(request.getRemoteAddr());
    refuseEncoded(headers);
    source.beforeBody(headers, mediaType, request.getContentLengthLong(), loopback);
    return new Post(
        source.name(), headers, mediaType == null ? "" : mediaType, read(source, body), loopback);
  }

  /** The server inflates gzip and takes the header away; what is left it could not read. */
  private static void refuseEncoded(Headers headers) {
    String encoding = headers.one("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          Problem.of(
              415,
              "unsupported-encoding",
              "Not this content encoding",
              "Send the body plain, or with 'Content-Encoding: gzip'."));
    }
  }

  private static byte[] read(Source source, InputStream body) {
    byte[] bytes;
    try {
      bytes = body.readNBytes(source.maxBytes() + 1);
    } catch (IOException | RuntimeException e) {
      // Jetty wraps what its inflater says in a RuntimeException.
      throw new ProblemException(
          Problem.of(
              400,
              "incomplete",
              "The body did not arrive whole",
              "It ended before its time, or is not what its Content-Encoding says."));
    }
    if (bytes.length > source.maxBytes()) {
      throw source.tooLarge();
    }
    return bytes;
  }

  private static Headers headers(HttpServletRequest request) {
    Map<String, List<String>> all = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      all.put(name, Collections.list(request.getHeaders(name)));
    }
    return Headers.of(all);
  }
}
