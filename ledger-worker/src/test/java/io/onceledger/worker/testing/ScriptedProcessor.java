package io.onceledger.worker.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A processor that is away until it is opened, and then does as it is told. Counts what it sees.
 */
public final class ScriptedProcessor {

  /** How it treats requests. */
  public enum Mood {
    WELL,
    /** Reads, does nothing, and never answers. */
    HANGING,
    /** Answers each request with a server error, and does nothing. */
    FAILING
  }

  /** A charge of this amount is shown with another one, until {@link #confess}. */
  public static final long LIES_ABOUT = 666;

  private final Vertx vertx;
  private final int port;
  private final Map<String, JsonObject> payments = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger effects = new AtomicInteger();
  private volatile Mood mood = Mood.WELL;
  private volatile boolean lying = true;

  /** On a port of its own, at which nobody listens yet. */
  public ScriptedProcessor(Vertx vertx) throws IOException {
    this.vertx = vertx;
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public void be(Mood next) {
    mood = next;
  }

  /** Lies no more. */
  public void confess() {
    lying = false;
  }

  /** Begins to listen. */
  public void open() {
    vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .listen(port, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  public int requests() {
    return requests.get();
  }

  /** Payments made. */
  public int effects() {
    return effects.get();
  }

  /** Requests that it had at the same time, at most, since this was last asked. */
  public int mostAtOnce() {
    return mostAtOnce.getAndSet(underWay.get());
  }

  private void handle(HttpServerRequest request) {
    requests.incrementAndGet();
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    AtomicInteger once = new AtomicInteger(1);
    Runnable over = () -> underWay.addAndGet(-once.getAndSet(0));
    request.response().endHandler(end -> over.run()).closeHandler(closed -> over.run());
    request.response().exceptionHandler(failure -> over.run());
    Mood now = mood;
    request.bodyHandler(
        body -> {
          switch (now) {
            case HANGING -> {}
            case FAILING -> request.response().setStatusCode(503).end("{}");
            case WELL -> answer(request, body.length() == 0 ? null : body.toJsonObject());
          }
        });
  }

  private void answer(HttpServerRequest request, JsonObject body) {
    if (HttpMethod.GET.equals(request.method())) {
      String key = request.getParam("merchant_account") + request.getParam("idempotency_key");
      JsonObject payment = payments.get(key);
      request
          .response()
          .setStatusCode(payment == null ? 404 : 200)
          .end(payment == null ? "{}" : shown(payment).encode());
      return;
    }
    String merchant = request.getHeader("Merchant-Account");
    String key = request.getHeader("Idempotency-Key");
    JsonObject payment =
        payments.computeIfAbsent(
            merchant + key,
            absent ->
                body.copy()
                    .put("id", "pay_" + effects.incrementAndGet())
                    .put("status", "approved")
                    .put("merchant_account", merchant)
                    .put("idempotency_key", key));
    request.response().setStatusCode(201).end(shown(payment).encode());
  }

  private JsonObject shown(JsonObject payment) {
    boolean lie = lying && payment.getLong("amount") == LIES_ABOUT;
    return lie ? payment.copy().put("amount", 1) : payment;
  }
}
