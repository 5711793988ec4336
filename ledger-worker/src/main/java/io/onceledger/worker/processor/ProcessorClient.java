package io.onceledger.worker.processor;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.worker.clock.MonotonicClock;
import io.onceledger.worker.processor.Answer.Lost;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Answer.Received;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Makes calls to the processor, each once: nothing in here retries, follows redirects or holds a
 * thread while it waits. A call never fails; what went wrong is its {@link Answer}.
 *
 * <p>The line between {@link NotSent} and {@link Lost} is the first byte: up to the connection a
 * failure is the former, after it the latter.
 */
@Singleton
public final class ProcessorClient {

  /** An answer is a few hundred bytes; more is not ours. */
  static final int LARGEST_BODY = 64 * 1024;

  private final Vertx vertx;
  private final HttpClient http;
  private final String base;
  private final Duration callTimeout;
  private final MonotonicClock nanoTime;

  /**
   * Makes the connections' pool.
   *
   * @param nanoTime by which deadlines are checked
   */
  public ProcessorClient(Vertx vertx, ProcessorConfig config, MonotonicClock nanoTime) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    this.base = config.url().toString().replaceFirst("/+$", "");
    this.callTimeout = config.callTimeout();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(config.concurrency())
                // A claim is made only when it can be sent: nothing needs to queue for long.
                .setMaxWaitQueueSize(config.concurrency())
                .setKeepAlive(true)
                .setKeepAliveTimeout(30)
                .setPipelining(false)
                .setTcpNoDelay(true));
  }

  /**
   * Does the step of {@code claim}.
   *
   * @param sendBefore on the monotonic clock, {@link System#nanoTime}: checked right before the
   *     first byte; afterwards nothing is sent
   */
  public Future<Answer> call(Claim claim, long sendBefore) {
    String path = claim.resource().isRefund() ? "/refunds" : "/payments";
    return switch (claim.step()) {
      case SEND, RESEND -> exchange(HttpMethod.POST, path, claim, instruction(claim), sendBefore);
      case LOOK_UP -> exchange(HttpMethod.GET, path + query(claim), claim, null, sendBefore);
      case CANCEL -> exchange(HttpMethod.POST, path + "/cancel", claim, cancel(claim), sendBefore);
      case PARKED -> throw new IllegalStateException("a parked message makes no call");
    };
  }

  private Future<Answer> exchange(
      HttpMethod method, String path, Claim claim, JsonObject body, long sendBefore) {
    // At least a millisecond: Vert.x takes zero for no limit.
    long patience = Math.max(1, (sendBefore - nanoTime.getAsLong()) / 1_000_000);
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(base + path)
            .setFollowRedirects(false)
            .setConnectTimeout(patience)
            .putHeader("Accept", "application/json")
            .putHeader("Idempotency-Key", KeyHeader.write(claim.work().idempotencyKey()))
            .putHeader("Merchant-Account", PublicId.MERCHANT.text(claim.resource().merchant()))
            .putHeader("traceparent", traceparent(claim));
    return http.request(options)
        .compose(
            request -> send(request, body, sendBefore),
            failure -> Future.succeededFuture(notSent(failure)));
  }

  private static Answer notSent(Throwable failure) {
    return new NotSent(failure.getMessage(), !(failure instanceof ConnectionPoolTooBusyException));
  }

  private Future<Answer> send(HttpClientRequest request, JsonObject body, long sendBefore) {
    if (nanoTime.getAsLong() - sendBefore > 0) {
      request.reset();
      return Future.succeededFuture(new NotSent("the deadline of the claim has passed", false));
    }
    long start = System.nanoTime();
    Promise<Answer> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            callTimeout.toMillis(),
            id -> {
              answer.tryComplete(new Lost("no answer in time", millisSince(start)));
              request.reset();
            });
    request
        .response()
        .compose(response -> receive(request, response, start))
        .onSuccess(answer::tryComplete)
        .onFailure(
            failure -> answer.tryComplete(new Lost(failure.getMessage(), millisSince(start))));
    Future<Void> sent =
        body == null
            ? request.end()
            : request.putHeader("Content-Type", "application/json").end(body.toBuffer());
    sent.onFailure(
        failure -> answer.tryComplete(new Lost(failure.getMessage(), millisSince(start))));
    return answer.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static Future<Answer> receive(
      HttpClientRequest request, HttpClientResponse response, long start) {
    Promise<Answer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .exceptionHandler(
            failure -> answer.tryComplete(new Lost(failure.getMessage(), millisSince(start))))
        .handler(
            part -> {
              body.appendBuffer(part);
              if (body.length() > LARGEST_BODY) {
                answer.tryComplete(new Lost("the answer does not end", millisSince(start)));
                request.reset();
              }
            })
        .endHandler(
            end ->
                answer.tryComplete(
                    new Received(
                        response.statusCode(),
                        RetryAfter.read(response.getHeader("Retry-After"), Instant.now()),
                        body.toString(StandardCharsets.UTF_8),
                        millisSince(start))));
    return answer.future();
  }

  private static JsonObject instruction(Claim claim) {
    JsonObject instruction =
        new JsonObject()
            .put("amount", claim.work().amount())
            .put("currency", claim.work().currency())
            .put("reference", claim.resource().text());
    return claim.resource().isRefund()
        ? instruction.put("payment", claim.work().payment())
        : instruction.put("payment_method", claim.work().paymentMethod());
  }

  private static JsonObject cancel(Claim claim) {
    return new JsonObject()
        .put("merchant_account", PublicId.MERCHANT.text(claim.resource().merchant()))
        .put("idempotency_key", claim.work().idempotencyKey());
  }

  private static String query(Claim claim) {
    return "?merchant_account="
        + PublicId.MERCHANT.text(claim.resource().merchant())
        + "&idempotency_key="
        + URLEncoder.encode(claim.work().idempotencyKey(), StandardCharsets.UTF_8);
  }

  /**
   * W3C Trace Context: the charge or refund is the trace, the attempt the span, so that both can be
   * found.
   */
  private static String traceparent(Claim claim) {
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(claim.resource().id().getMostSignificantBits())
        + hex.toHexDigits(claim.resource().id().getLeastSignificantBits())
        + "-"
        + hex.toHexDigits(claim.fence())
        + "-01";
  }

  private static int millisSince(long start) {
    return (int) ((System.nanoTime() - start) / 1_000_000);
  }
}
