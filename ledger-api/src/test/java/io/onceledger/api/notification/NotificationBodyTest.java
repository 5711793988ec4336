package io.onceledger.api.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.problem.FieldError;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.inbox.NotificationType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationBodyTest {
  private static final String APPROVED =
      """
      {'id':'ntf_1','type':'payment.approved','merchant_account':'mer_a','reference':'ch_1',
       'payment':'pay_1','amount':1000,'currency':'USD','occurred_at':'2026-03-14T12:00:00.000001Z'}
      """;

  @Test
  void a_notification_is_read_member_by_member() {
    assertThat(read(APPROVED))
        .contains(
            new NotificationBody(
                "ntf_1",
                NotificationType.PAYMENT_APPROVED,
                "mer_a",
                "ch_1",
                "pay_1",
                1000,
                "USD",
                Instant.parse("2026-03-14T12:00:00.000001Z"),
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "payment.approved, PAYMENT_APPROVED",
    "payment.declined, PAYMENT_DECLINED",
    "refund.approved, REFUND_APPROVED",
    "refund.declined, REFUND_DECLINED",
    "dispute.opened, DISPUTE_OPENED",
    "dispute.won, DISPUTE_WON",
    "dispute.lost, DISPUTE_LOST"
  })
  void every_type_of_the_contract_is_known(String text, NotificationType type) {
    assertThat(read(APPROVED.replace("payment.approved", text)).orElseThrow().type())
        .isEqualTo(type);
    assertThat(Arrays.stream(NotificationType.values())).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"payout.paid", "payment.approved.again", "Payment.Approved", "x"})
  void a_type_that_is_none_of_ours_is_nothing_to_complain_about(String type) {
    assertThat(read("{'id':'ntf_1','type':'" + type + "','what':{'ever':[1]}}")).isEmpty();
  }

  @Test
  void members_of_the_processor_are_left_alone_cards_included() {
    String more = "'card':{'number':'4242424242424242','cvc':'123'},'api_version':3,'id':";

    assertThat(read(APPROVED.replace("'id':", more))).isEqualTo(read(APPROVED));
  }

  @Test
  void a_dispute_is_named_by_its_payment_unless_it_has_a_name() {
    String dispute = APPROVED.replace("payment.approved", "dispute.opened");

    assertThat(read(dispute).orElseThrow().dispute()).isEqualTo("pay_1");
    assertThat(read(with(dispute, "'dispute':null")).orElseThrow().dispute()).isEqualTo("pay_1");
    assertThat(read(with(dispute, "'dispute':'dp_1'")).orElseThrow().dispute()).isEqualTo("dp_1");
    assertThat(read(with(APPROVED, "'dispute':'dp_1'")).orElseThrow().dispute()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "id, null",
        "id, ''",
        "id, 1",
        "id, 'a b'",
        "id, 'ü'",
        "type, null",
        "type, 1",
        "merchant_account, null",
        "merchant_account, ['mer_a']",
        "reference, ''",
        "reference, 1",
        "reference, 'a\\u0000'",
        "payment, {}",
        "amount, null",
        "amount, 0",
        "amount, -1",
        "amount, '1000'",
        "amount, 10.0",
        "amount, 1e3",
        "amount, 100000000000",
        "amount, 99999999999999999999",
        "currency, 'usd'",
        "currency, 'USDX'",
        "occurred_at, 1700000000",
        "occurred_at, '2026-03-14'",
        "occurred_at, '2026-03-14T12:00:00'",
        "occurred_at, '2026-02-30T12:00:00Z'",
        "occurred_at, '1999-12-31T23:59:59Z'",
        "occurred_at, '+10000-01-01T00:00:00Z'",
        "occurred_at, '2026-03-14T12:00:00.0000000000000000000000000000000000000Z'",
      })
  void a_member_that_is_not_what_it_ought_to_be_is_named(String member, String value) {
    String body =
        APPROVED.replaceFirst(
            "'" + member + "':('[^']*'|[0-9]+)", "'" + member + "':" + value.replace("\\", "\\\\"));

    assertThat(refusal(body).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/" + member);
  }

  @Test
  void everything_that_is_missing_is_named_at_once() {
    assertThat(refusal("{'id':'ntf_1','type':'refund.approved'}").errors())
        .extracting(FieldError::pointer)
        .containsExactly(
            "/merchant_account", "/reference", "/payment", "/amount", "/currency", "/occurred_at");
  }

  @Test
  void a_text_has_at_most_255_characters() {
    String longest = "r".repeat(255);

    assertThat(read(APPROVED.replace("ch_1", longest)).orElseThrow().reference())
        .isEqualTo(longest);
    assertThat(refusal(APPROVED.replace("ch_1", longest + "r")).errors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{} {}", "{'id':'a','id':'b'}"})
  void what_is_not_one_object_is_refused(String body) {
    assertThat(refusal(body).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
  }

  private static String with(String body, String member) {
    return body.replaceFirst("\\{", "{" + member + ",");
  }

  private static Refusal refusal(String body) {
    return catchThrowableOfType(Refusal.class, () -> read(body));
  }

  private static Optional<NotificationBody> read(String body) {
    HttpHeadersImpl headers =
        new HttpHeadersImpl(List.of(Map.entry("Content-Type", "application/json")));
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    return NotificationBody.read(new JsonFields(JsonBody.readForeign(headers, bytes)));
  }
}
