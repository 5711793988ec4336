package io.onceledger.mockprocessor.notification;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;

/**
 * Where the ledger takes notifications. Has a Vert.x of its own: the first send loads an HTTP
 * client and a resolver, which takes seconds on a busy machine, and payments are not to wait for
 * that. Called, and calls back, on the event loop that it was made for.
 */
final class LedgerEndpoint {
  /** The shortest that Standard Webhooks recommends; a ledger answers in milliseconds. */
  private static final int TIMEOUT_MS = 15_000;

  private static final int CONNECT_TIMEOUT_MS = 2_000;

  private final Context caller;
  private final Vertx vertx;
  private final Context sender;
  private final HttpClient http;
  private final URI url;
  private final Signer signer;
  private final Clock clock;

  /**
   * A new one.
   *
   * @param caller where answers are heard
   * @param connections how many notifications may be on their way at once
   */
  LedgerEndpoint(Context caller, URI url, Signer signer, Clock clock, int connections) {
    this.caller = caller;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.sender = vertx.getOrCreateContext();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS),
            new PoolOptions().setHttp1MaxSize(connections));
    this.url = url;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * Sends one, signed as of now. Fails unless a 2xx comes within the time-out; redirects are not
   * followed.
   */
  Future<Void> post(Notification notification) {
    String id = notification.id();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    byte[] body = notification.body();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url.toString())
            .putHeader("Content-Type", "application/json")
            .putHeader("webhook-id", id)
            .putHeader("webhook-timestamp", timestamp)
            .putHeader("webhook-signature", signer.sign(id, timestamp, body));
    Promise<Void> answered = Promise.promise();
    sender.runOnContext(
        send ->
            http.request(options)
                .compose(request -> exchange(request, body))
                .onComplete(answer -> caller.runOnContext(heard -> answered.handle(answer))));
    return answered.future();
  }

  /** Cuts off what is under way; nothing is sent any more. */
  Future<Void> close() {
    return vertx.close();
  }

  private Future<Void> exchange(HttpClientRequest request, byte[] body) {
    // A body without an end is cut off as well: nobody reads it.
    long timer = vertx.setTimer(TIMEOUT_MS, late -> request.reset());
    return request
        .send(Buffer.buffer(body))
        .compose(response -> response.end().compose(ended -> require2xx(response)))
        .onComplete(answered -> vertx.cancelTimer(timer));
  }

  private static Future<Void> require2xx(HttpClientResponse response) {
    int status = response.statusCode();
    return status >= 200 && status < 300
        ? Future.succeededFuture()
        : Future.failedFuture("answered " + status);
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
