package io.onceledger.conformance.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The ledger that is judged, and the callers in whose name it is asked. */
public final class Ledger {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;
  private final String merchantKey;
  private final String otherMerchantKey;
  private final String operatorKey;
  private final String keyPrefix = "conformance-" + UUID.randomUUID().toString().substring(0, 8);

  /**
   * A ledger.
   *
   * @param base without a slash at its end
   */
  public Ledger(URI base, String merchantKey, String otherMerchantKey, String operatorKey) {
    this.base = base;
    this.merchantKey = merchantKey;
    this.otherMerchantKey = otherMerchantKey;
    this.operatorKey = operatorKey;
  }

  public URI base() {
    return base;
  }

  /** Begins every idempotency key of this run, and of no other. */
  public String keyPrefix() {
    return keyPrefix;
  }

  /** An idempotency key that was never sent: a bare token of 49 characters. */
  public String newKey() {
    return keyPrefix + "-" + UUID.randomUUID().toString().replace("-", "").substring(0, 28);
  }

  public Request merchant() {
    return as(merchantKey);
  }

  public Request otherMerchant() {
    return as(otherMerchantKey);
  }

  public Request operator() {
    return as(operatorKey);
  }

  /** A request in nobody's name. */
  public Request stranger() {
    return new Request(client, base);
  }

  /** The value of the header {@code Authorization} with which the merchant is known. */
  public String merchantAuthorization() {
    return "Bearer " + merchantKey;
  }

  /** The API key of the merchant, for requests that send it where it does not belong. */
  public String merchantKey() {
    return merchantKey;
  }

  /** Delivers a charge in the name of the merchant. */
  public Answer charge(String key, String body) {
    return delivery(key, body).post("/v1/charges");
  }

  /** A delivery in the name of the merchant that is still to be posted. */
  public Request delivery(String key, String body) {
    return merchant().key(key).json(body);
  }

  /** Posts deliveries so that all are on their way before any is answered. */
  public List<Answer> atOnce(List<Request> deliveries, String path) {
    List<CompletableFuture<Answer>> sent =
        deliveries.stream().map(delivery -> delivery.postAsync(path)).toList();
    try {
      return sent.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof NoAnswerException none ? none : failure;
    }
  }

  private Request as(String apiKey) {
    return stranger().header("Authorization", "Bearer " + apiKey);
  }
}
