package io.onceledger.client;

import static io.onceledger.client.ScriptedLedger.accepted;
import static io.onceledger.client.ScriptedLedger.answer;
import static io.onceledger.client.ScriptedLedger.cutOff;
import static io.onceledger.client.ScriptedLedger.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.onceledger.client.invoker.ApiClient;
import io.onceledger.client.model.Charge;
import io.onceledger.client.model.ChargeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChargeOnceTest {

  private static final String INTENT = "order-1";
  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMinutes(1));

  @TempDir Path directory;
  private Path file;
  private final SettableTime time = new SettableTime();

  @BeforeEach
  void name() {
    file = directory.resolve("keys");
  }

  @Test
  void whatever_goes_wrong_the_same_key_and_body_are_sent_until_they_are_answered()
      throws Exception {
    try (ScriptedLedger ledger =
        new ScriptedLedger(
            cutOff(),
            silence(),
            answer(408, ""),
            answer(409, "{}"),
            answer(429, "{}"),
            answer(500, "<html>"),
            answer(502, ""),
            answer(503, "{}"),
            answer(202, "{\"id\":"),
            accepted())) {
      ApiClient impatient = ledger.client().setReadTimeout(Duration.ofMillis(500));

      Charge charge = once(impatient, PATIENCE).charge(INTENT, request());

      assertThat(charge.getId()).isEqualTo("ch_1");
      assertThat(charge.getStatus()).isEqualTo(Charge.StatusEnum.UNKNOWN_DEFAULT_OPEN_API);
      assertThat(ledger.requests).hasSizeGreaterThanOrEqualTo(10);
      assertThat(Set.copyOf(ledger.requests)).hasSize(1);
    }
  }

  @Test
  void the_key_is_in_the_file_before_the_first_byte_is_sent_and_found_again_after_a_crash()
      throws Exception {
    List<Boolean> kept = new ArrayList<>();
    try (ScriptedLedger ledger =
        new ScriptedLedger(
            exchange -> {
              String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
              kept.add(Files.readString(file).contains(key));
              exchange.close();
            },
            accepted())) {
      Patience none = new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
      assertThatThrownBy(() -> once(ledger.client(), none).charge(INTENT, request()))
          .isInstanceOf(UnknownOutcomeException.class);

      once(ledger.client(), PATIENCE).charge(INTENT, request());

      assertThat(kept).containsExactly(true);
      assertThat(ledger.requests.get(1)).isEqualTo(ledger.requests.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 406, 413, 415, 418, 422})
  void another_refusal_is_never_sent_again(int status) throws Exception {
    String problem =
        "{\"type\":\"/problems/of-next-year\",\"title\":\"No\",\"status\":%d,\"detail\":\"Not so.\"}"
            .formatted(status);
    for (String body : List.of(problem, "<html>", "")) {
      try (ScriptedLedger ledger = new ScriptedLedger(answer(status, body))) {
        RefusedException refused =
            catchThrowableOfType(RefusedException.class, () -> charge(ledger, request()));

        assertThat(refused.problem().getStatus()).isEqualTo(status);
        assertThat(ledger.requests).hasSize(1);
      }
    }
  }

  @Test
  void a_key_that_was_used_for_another_request_is_told_with_what_differs() throws Exception {
    try (ScriptedLedger ledger =
        new ScriptedLedger(
            answer(503, ""),
            answer(
                422,
                """
                {"type":"/problems/idempotency-key-reused","title":"T","status":422,"detail":"D",
                 "errors":[{"pointer":"/amount","detail":"differs"}],"resource":"/v1/charges/ch_1"}
                """))) {
      KeyReusedException reused =
          catchThrowableOfType(KeyReusedException.class, () -> charge(ledger, request()));

      assertThat(reused.pointers()).containsExactly("/amount");
      assertThat(reused.resource()).isEqualTo("/v1/charges/ch_1");
    }
  }

  @Test
  void a_refusal_of_the_caller_after_an_attempt_without_an_answer_proves_nothing()
      throws Exception {
    try (ScriptedLedger ledger = new ScriptedLedger(cutOff(), answer(401, "{}"))) {
      assertThatThrownBy(() -> charge(ledger, request()))
          .isInstanceOf(UnknownOutcomeException.class);
      assertThat(ledger.requests).hasSize(2);
    }
  }

  @Test
  void pauses_grow_are_spread_and_never_shorter_than_the_server_asks() throws Exception {
    try (ScriptedLedger ledger =
        new ScriptedLedger(
            answer(503, ""),
            answer(503, ""),
            answer(429, "", "Retry-After", "7"),
            answer(503, "", "Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"),
            accepted())) {
      charge(ledger, request());

      assertThat(time.pauses.get(0)).isLessThanOrEqualTo(Duration.ofMillis(100));
      assertThat(time.pauses.get(1)).isLessThanOrEqualTo(Duration.ofMillis(200));
      assertThat(time.pauses.get(2)).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_400));
      assertThat(time.pauses.get(3)).isLessThanOrEqualTo(Duration.ofMillis(800));
    }
  }

  @Test
  void it_ends_at_the_deadline_and_says_that_the_outcome_is_unknown() throws Exception {
    try (ScriptedLedger ledger = new ScriptedLedger(answer(503, "", "Retry-After", "10"))) {
      assertThatThrownBy(() -> charge(ledger, request()))
          .isInstanceOf(UnknownOutcomeException.class)
          .hasMessageContaining(INTENT);

      Duration waited = time.pauses.stream().reduce(Duration.ZERO, Duration::plus);
      assertThat(waited).isBetween(Duration.ofSeconds(40), PATIENCE.deadline());
      assertThat(ledger.requests).hasSize(time.pauses.size() + 1);
    }
  }

  @Test
  void a_client_without_a_read_time_out_is_refused() {
    assertThatThrownBy(() -> once(new ApiClient(), PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Charge charge(ScriptedLedger ledger, ChargeRequest request) throws Exception {
    return once(ledger.client(), PATIENCE).charge(INTENT, request);
  }

  private ChargeOnce once(ApiClient client, Patience patience) {
    return new ChargeOnce(client, new FileKeyStore(file), patience, time, new Random(1));
  }

  private static ChargeRequest request() {
    return new ChargeRequest().amount(1000L).currency("USD").paymentMethod("pm_1");
  }

  /** Passes only while somebody sleeps. */
  private static final class SettableTime implements Time {

    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      pauses.add(duration);
      nanos += duration.toNanos();
    }
  }
}
