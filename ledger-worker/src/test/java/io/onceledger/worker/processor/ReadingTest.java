package io.onceledger.worker.processor;

import static io.onceledger.core.processor.Outcome.ABSENT;
import static io.onceledger.core.processor.Outcome.AMBIGUOUS;
import static io.onceledger.core.processor.Outcome.APPROVED;
import static io.onceledger.core.processor.Outcome.CANCELED;
import static io.onceledger.core.processor.Outcome.DECLINED;
import static io.onceledger.core.processor.Outcome.NOT_SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.Outcome;
import io.onceledger.worker.processor.Answer.Lost;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Answer.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingTest {

  private static final UUID MERCHANT = PublicId.next();
  private static final UUID CHARGE = PublicId.next();
  private static final String REFERENCE = PublicId.CHARGE.text(CHARGE);

  private static final String OURS =
      """
      {"id":"pay_1","status":"approved","amount":1000,"currency":"USD","reference":"%s",
       "merchant_account":"%s","idempotency_key":"k"}
      """
          .formatted(REFERENCE, PublicId.MERCHANT.text(MERCHANT));

  static Stream<Arguments> table() {
    return Stream.of(
        // step, status, body, outcome
        Arguments.of(Step.SEND, 200, OURS, APPROVED),
        Arguments.of(Step.SEND, 201, OURS, APPROVED),
        Arguments.of(Step.RESEND, 201, OURS, APPROVED),
        Arguments.of(Step.SEND, 201, OURS.replace("approved", "declined"), DECLINED),
        Arguments.of(Step.SEND, 201, OURS.replace("approved", "pending"), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("1000", "1001"), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("1000", "1000.0"), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("1000", "\"1000\""), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("USD", "EUR"), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace(REFERENCE, "ch_other"), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("pay_1", ""), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("pay_1", "a\\u0000b"), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("pay_1", "p".repeat(256)), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS + "garbage", AMBIGUOUS),
        Arguments.of(Step.SEND, 201, OURS.replace("{", "{\"status\":\"declined\","), AMBIGUOUS),
        Arguments.of(Step.SEND, 201, "<html>", AMBIGUOUS),
        Arguments.of(Step.SEND, 201, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 204, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 302, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 429, "", NOT_SENT),
        Arguments.of(Step.SEND, 401, "", NOT_SENT),
        Arguments.of(Step.SEND, 403, "", NOT_SENT),
        Arguments.of(Step.SEND, 404, "", NOT_SENT),
        Arguments.of(Step.SEND, 405, "", NOT_SENT),
        Arguments.of(Step.SEND, 400, "", DECLINED),
        Arguments.of(Step.SEND, 402, "", DECLINED),
        Arguments.of(Step.SEND, 422, "", DECLINED),
        Arguments.of(Step.RESEND, 400, "", AMBIGUOUS),
        Arguments.of(Step.RESEND, 402, "", AMBIGUOUS),
        Arguments.of(Step.RESEND, 422, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 408, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 409, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 410, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 425, "", AMBIGUOUS),
        Arguments.of(Step.SEND, 500, OURS, AMBIGUOUS),
        Arguments.of(Step.SEND, 503, "", AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 200, OURS, APPROVED),
        // after a restore the first charge had another id: the key tells that it is ours
        Arguments.of(Step.LOOK_UP, 200, OURS.replace(REFERENCE, "ch_other"), APPROVED),
        Arguments.of(Step.LOOK_UP, 200, OURS.replace("\"k\"", "\"K\""), AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 200, OURS.replace("mer_", "mex_"), AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 200, OURS.replace("1000", "1"), AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 404, "{\"error\":{}}", ABSENT),
        Arguments.of(Step.LOOK_UP, 404, "<html>not here</html>", AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 404, "", AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 410, "{}", AMBIGUOUS),
        Arguments.of(Step.LOOK_UP, 500, "{}", AMBIGUOUS),
        Arguments.of(Step.CANCEL, 200, "{\"status\":\"canceled\"}", CANCELED),
        Arguments.of(Step.CANCEL, 200, "{\"status\":\"approved\"}", AMBIGUOUS),
        Arguments.of(Step.CANCEL, 200, "", AMBIGUOUS),
        Arguments.of(Step.CANCEL, 409, OURS, APPROVED),
        Arguments.of(Step.CANCEL, 409, OURS.replace("approved", "declined"), DECLINED),
        Arguments.of(Step.CANCEL, 409, "{}", AMBIGUOUS),
        Arguments.of(Step.CANCEL, 404, "{}", AMBIGUOUS),
        Arguments.of(Step.CANCEL, 500, "{\"status\":\"canceled\"}", AMBIGUOUS));
  }

  @ParameterizedTest(name = "{0} {1} is {3}")
  @MethodSource("table")
  void an_answer_proves_this_much_and_no_more(Step step, int status, String body, Outcome outcome) {
    Finding finding = Reading.of(claim(step), new Received(status, Optional.empty(), body, 5));

    assertThat(finding.outcome()).isEqualTo(outcome);
    assertThat(finding.payment() != null)
        .isEqualTo(outcome == APPROVED || (outcome == DECLINED && !body.isEmpty()));
    assertThat(finding.httpStatus()).isEqualTo(status);
  }

  @Test
  void no_server_error_is_ever_a_decline() {
    for (Step step : new Step[] {Step.SEND, Step.RESEND, Step.LOOK_UP, Step.CANCEL}) {
      assertThat(IntStream.range(500, 600))
          .allMatch(
              status ->
                  Reading.of(claim(step), new Received(status, Optional.empty(), OURS, 5)).outcome()
                      == AMBIGUOUS);
    }
  }

  @Test
  void what_never_left_us_was_not_sent_and_what_was_cut_off_is_ambiguous() {
    assertThat(Reading.of(claim(Step.SEND), new NotSent("refused", true)).outcome())
        .isEqualTo(NOT_SENT);
    assertThat(Reading.of(claim(Step.SEND), new NotSent("refused", true)).unusable()).isTrue();
    assertThat(Reading.of(claim(Step.LOOK_UP), new NotSent("refused", true)).outcome())
        .isEqualTo(AMBIGUOUS);
    assertThat(Reading.of(claim(Step.SEND), new Lost("reset", 5)).outcome()).isEqualTo(AMBIGUOUS);
    assertThat(Reading.of(claim(Step.SEND), new Lost("reset", 5)).unusable()).isFalse();
  }

  @Test
  void a_rejection_has_a_code_of_ours_and_a_decline_the_processors() {
    Finding rejected = Reading.of(claim(Step.SEND), new Received(422, Optional.empty(), "", 5));
    Finding declined =
        Reading.of(
            claim(Step.SEND),
            new Received(
                201,
                Optional.empty(),
                OURS.replace("approved", "declined")
                    .replace("{", "{\"decline_code\":\"no_funds\","),
                5));

    assertThat(rejected.declineCode()).isEqualTo("processor_rejected");
    assertThat(declined.declineCode()).isEqualTo("no_funds");
  }

  @Test
  void a_wait_that_is_asked_for_is_kept_up_to_a_cap() {
    assertThat(wait(429, Optional.of(Duration.ofSeconds(7)))).contains(Duration.ofSeconds(7));
    assertThat(wait(429, Optional.of(Duration.ofDays(7)))).contains(Duration.ofMinutes(5));
    assertThat(wait(429, Optional.empty())).contains(Duration.ofSeconds(1));
    assertThat(wait(503, Optional.of(Duration.ofDays(7)))).contains(Duration.ofMinutes(5));
    assertThat(wait(503, Optional.empty())).isEmpty();
  }

  private static Optional<Duration> wait(int status, Optional<Duration> asked) {
    return Reading.of(claim(Step.SEND), new Received(status, asked, "", 5)).retryAfter();
  }

  private static Claim claim(Step step) {
    Instant now = Instant.parse("2026-11-21T08:00:00Z");
    return new Claim(
        Resource.charge(MERCHANT, CHARGE),
        step,
        1,
        1,
        now,
        now,
        now.plusSeconds(13),
        now,
        null,
        new Claim.Work("k", 1000, "USD", "pm_card_visa", null));
  }
}
