package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;
import static org.awaitility.Awaitility.await;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Charges that have become final. */
final class Settled {
  /** A ledger whose processor has a bad day: each try waits up to half a minute by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Settled() {}

  /** The payment methods with a fixed fate, and the status that they lead to. */
  static Stream<Arguments> fates() {
    return Stream.of(
        Arguments.of("pm_card_visa", "succeeded"), Arguments.of("pm_card_declined", "declined"));
  }

  /** Delivers a charge until it is answered with its final state. */
  static Answer charge(Ledger ledger, String key, String body) {
    Answer answer =
        await("a final status")
            .atMost(PATIENCE)
            .pollInSameThread()
            .pollDelay(Duration.ZERO)
            .until(
                () -> ledger.merchant().key(key).prefer("wait=30").json(body).post("/v1/charges"),
                settled -> settled.status() != 202);
    assertThat(answer).isSettled("wait=30");
    return answer;
  }
}
