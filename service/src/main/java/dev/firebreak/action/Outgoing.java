package dev.firebreak.action;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends HTTP requests: one request sent means one request. No repeats, redirects, cookies or
 * proxies; the egress rule asked at resolve and at connect; one bound for all of the time, another
 * for the bytes of the answer, unzipped. Changes go out on connections that are new or were used in
 * the last second, so that they do not run into one the server has just given up. Thread-safe.
 */
public final class Outgoing implements AutoCloseable {
  /** {@code Retry-After}, under a name the client does not act on by itself. */
  static final String RETRY_AFTER = "X-Firebreak-Retry-After";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final ScopedValue<Errand> ERRAND = ScopedValue.newInstance();

  private final Egress egress;
  private final String userAgent;
  private final OkHttpClient reads;
  private final OkHttpClient changes;

  /**
   * A client.
   *
   * @param egress where it may go
   * @param version of Firebreak, for {@code User-Agent}
   */
  public Outgoing(Egress egress, String version) {
    this.egress = egress;
    this.userAgent = "Firebreak/" + version;
    this.reads = client(new ConnectionPool(64, 30, TimeUnit.SECONDS));
    this.changes = client(new ConnectionPool(64, 1, TimeUnit.SECONDS));
  }

  private OkHttpClient client(ConnectionPool pool) {
    return new OkHttpClient.Builder()
        .connectionPool(pool)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .cookieJar(CookieJar.NO_COOKIES)
        .proxy(Proxy.NO_PROXY)
        .protocols(List.of(Protocol.HTTP_1_1))
        .dns(new CheckedDns())
        .socketFactory(new GuardedSockets(egress))
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .addNetworkInterceptor(Outgoing::once)
        .build();
  }

  /**
   * Sends a request and reads its answer.
   *
   * @param request complete but for {@code User-Agent}
   * @param changing whether it may change something
   * @param timeout for all of it
   * @param maxBytes at most so much of the answer is read
   * @return any answer, whatever its status
   * @throws OutgoingFault when there was none, or not all of it
   */
  public Answer send(
      Request request, boolean changing, Duration timeout, int maxBytes, Cancellation cancellation)
      throws OutgoingFault {
    Errand errand = new Errand(request.url().port(), timeout, cancellation);
    HttpUrl url = request.url();
    try {
      egress.checkWritten(url.host(), url.port());
      Call call = (changing ? changes : reads).newCall(prepared(request, errand));
      call.timeout().timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
      cancellation.onCancel(call::cancel);
      return ScopedValue.where(ERRAND, errand).call(() -> exchange(call, errand, maxBytes));
    } catch (IOException e) {
      throw Faults.of(e, url.host() + ":" + url.port(), errand, timeout);
    }
  }

  private Request prepared(Request request, Errand errand) {
    return request.newBuilder().header("User-Agent", userAgent).tag(Errand.class, errand).build();
  }

  private static Answer exchange(Call call, Errand errand, int maxBytes) throws IOException {
    try (Response response = call.execute()) {
      BufferedSource source = response.body().source();
      boolean more = source.request(maxBytes + 1L);
      byte[] body = source.readByteArray(Math.min(maxBytes, source.getBuffer().size()));
      if (more) {
        call.cancel();
      }
      return new Answer(
          response.request().url(),
          response.code(),
          response.headers(),
          body,
          more,
          errand.millis());
    }
  }

  private static Response once(Interceptor.Chain chain) throws IOException {
    Errand errand = chain.request().tag(Errand.class);
    if (errand != null && !errand.begin()) {
      throw new IOException("refused to send the same request twice");
    }
    Response response = chain.proceed(chain.request());
    String retryAfter = response.header("Retry-After");
    return retryAfter == null
        ? response
        : response.newBuilder().removeHeader("Retry-After").header(RETRY_AFTER, retryAfter).build();
  }

  /** Ends idle connections. */
  @Override
  public void close() {
    reads.connectionPool().evictAll();
    changes.connectionPool().evictAll();
  }

  private final class CheckedDns implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      Errand errand = ERRAND.get();
      try {
        return egress.resolve(host, errand.port(), errand.left(), errand.cancellation());
      } catch (EgressRefused e) {
        UnknownHostException refused = new UnknownHostException(e.getMessage());
        refused.initCause(e);
        throw refused;
      }
    }
  }
}
