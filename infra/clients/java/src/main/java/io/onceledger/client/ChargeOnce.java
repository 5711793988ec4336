package io.onceledger.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.client.api.ChargesApi;
import io.onceledger.client.invoker.ApiClient;
import io.onceledger.client.invoker.ApiException;
import io.onceledger.client.model.Charge;
import io.onceledger.client.model.ChargeRequest;
import io.onceledger.client.model.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Charges for an intent once, however often it is asked to. The key is durable before the first
 * byte is sent, so that a crash at any moment is repaired by asking again for the same intent.
 * Every attempt bears the same key and the same body. Any thread may ask.
 */
public final class ChargeOnce {

  /** Answers after which the same request is worth sending again, besides all from 500 on. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 409, 429);

  /** Refusals that depend on nothing but the request: every attempt was, or would be, refused. */
  private static final Set<Integer> OF_THE_REQUEST = Set.of(400, 413, 415, 422);

  private final ChargesApi charges;
  private final ObjectMapper json;
  private final KeyStore keys;
  private final Patience patience;
  private final Time time;
  private final RandomGenerator random;

  /**
   * Sends nothing yet.
   *
   * @param client with the ledger's address, a key of the API, and a read time-out: an attempt that
   *     is under way at the deadline is waited for
   */
  public ChargeOnce(ApiClient client, KeyStore keys, Patience patience) {
    this(client, keys, patience, Time.SYSTEM, () -> ThreadLocalRandom.current().nextLong());
  }

  ChargeOnce(
      ApiClient client, KeyStore keys, Patience patience, Time time, RandomGenerator random) {
    if (client.getReadTimeout() == null) {
      throw new IllegalArgumentException("without a read time-out an attempt may never end");
    }
    this.charges = new ChargesApi(client);
    this.json = client.getObjectMapper();
    this.keys = keys;
    this.patience = patience;
    this.time = time;
    this.random = random;
  }

  /**
   * The charge for {@code intent} as it was accepted, now or at an earlier time.
   *
   * @param intent the application's own name for it, such as the number of an order
   * @throws KeyReusedException when the intent was sent before with another request
   * @throws RefusedException when the request is not valid; corrected, the intent can be sent again
   * @throws UnknownOutcomeException when no answer came in time; ask again for the same intent
   */
  public Charge charge(String intent, ChargeRequest request)
      throws RefusedException, UnknownOutcomeException, InterruptedException {
    ChargeRequest fixed = copy(request);
    String key = keys.keyFor(intent);
    long start = time.nanos();
    boolean perhapsAccepted = false;
    for (int failures = 1; ; failures++) {
      try {
        return charges.createCharge(key, fixed, null);
      } catch (ApiException e) {
        if (isFinal(e)) {
          if (perhapsAccepted && !OF_THE_REQUEST.contains(e.getCode())) {
            throw new UnknownOutcomeException(intent, e);
          }
          throw refused(e);
        }
        perhapsAccepted = true;
        Duration pause = patience.pause(failures, retryAfter(e), random);
        Duration passed = Duration.ofNanos(time.nanos() - start);
        if (passed.plus(pause).compareTo(patience.deadline()) >= 0) {
          throw new UnknownOutcomeException(intent, e);
        }
        time.sleep(pause);
      }
    }
  }

  private static boolean isFinal(ApiException answer) throws InterruptedException {
    if (answer.getCause() instanceof InterruptedException) {
      // The generated client has set the flag again; the exception says it instead.
      Thread.interrupted();
      throw new InterruptedException("interrupted while an answer was awaited");
    }
    int status = answer.getCode();
    return status >= 400 && status < 500 && !TRANSIENT.contains(status);
  }

  private RefusedException refused(ApiException answer) {
    Problem problem = problem(answer);
    return problem.getType() == Problem.TypeEnum._PROBLEMS_IDEMPOTENCY_KEY_REUSED
        ? new KeyReusedException(problem)
        : new RefusedException(problem);
  }

  /** What the ledger says; something like it when another server on the way has answered. */
  private Problem problem(ApiException answer) {
    try {
      return json.readValue(answer.getResponseBody(), Problem.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return new Problem()
          .type(Problem.TypeEnum.UNKNOWN_DEFAULT_OPEN_API)
          .status(answer.getCode())
          .title("Refused")
          .detail(answer.getMessage());
    }
  }

  /** Dates are not read: the ledger sends seconds. */
  private static Optional<Duration> retryAfter(ApiException answer) {
    return Optional.ofNullable(answer.getResponseHeaders())
        .flatMap(headers -> headers.firstValue("Retry-After"))
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  /** What is sent does not change when the caller changes what it passed. */
  private ChargeRequest copy(ChargeRequest request) {
    return json.convertValue(request, ChargeRequest.class);
  }
}
