package io.onceledger.api.notification;

import io.onceledger.api.json.JsonFields;
import io.onceledger.core.inbox.Notification;
import io.onceledger.core.inbox.NotificationType;
import io.onceledger.core.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of {@code POST /v1/processor-notifications}. Members that are not named here are the
 * processor's own affair; those that are must be what they ought to be.
 *
 * @param merchantAccount whose money it is, in the outside form
 * @param reference what we called it: the id of a charge or refund
 * @param payment the processor's id of the payment, or of the one refunded or disputed
 * @param amount minor units, positive
 * @param dispute the processor's id of the dispute; null where it is about none
 * @param declineCode its reason to decline; null where it did not, or did not say
 */
@Schema(
    name = "Notification",
    description = "Of a type that is not known, only id and type are looked at.",
    requiredProperties = {"id", "type"},
    additionalProperties = Schema.True.class)
record NotificationBody(
    @Schema(pattern = VISIBLE_PATTERN) String id,
    @Schema(
            implementation = String.class,
            pattern = VISIBLE_PATTERN,
            description =
                "payment.approved, payment.declined, refund.approved, refund.declined,"
                    + " dispute.opened, dispute.won or dispute.lost; others are ignored",
            examples = {"payment.approved", "dispute.opened", "payout.paid"})
        NotificationType type,
    @Schema(description = "The merchant's id", examples = "mer_01kagjq1p3e9gsxy3q6rr4c1ew")
        String merchantAccount,
    @Schema(
            description = "The charge's id, or the refund's",
            examples = "ch_01kagjq1p3e9gsxy3q6rr4c1ew")
        String reference,
    @Schema(description = "Your id of the payment, or of the one refunded or disputed")
        String payment,
    long amount,
    @Schema(examples = "USD") String currency,
    Instant occurredAt,
    @Schema(nullable = true, description = "Your id of the dispute; default: the payment")
        String dispute,
    @Schema(nullable = true, description = "Why it was declined", examples = "card_declined")
        String declineCode) {

  private static final String VISIBLE_PATTERN = "^[!-~]{1,255}$";

  private static final Predicate<String> VISIBLE =
      Pattern.compile("[!-~]{1,255}").asMatchPredicate();
  private static final String VISIBLE_TEXT = "a text of 1 to 255 visible ASCII characters";

  private static final Predicate<String> DECLINE_CODE =
      Pattern.compile("[a-z0-9_]{1,64}").asMatchPredicate();
  private static final String DECLINE_CODE_TEXT = "1 to 64 characters a-z, 0-9 and _";

  /** With nine digits and an offset; more is no timestamp. */
  private static final int LONGEST_TIMESTAMP = 35;

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /** What it says, as the message with this {@code webhook-id}. */
  Notification notification(String messageId) {
    return new Notification(
        messageId,
        type,
        merchantAccount,
        reference,
        payment,
        amount,
        currency,
        occurredAt,
        dispute,
        declineCode);
  }

  /**
   * Reads one; all errors at once. Empty if its type is none of ours: then there is nothing to do,
   * and nothing to complain about, or the processor would send it again and again.
   */
  static Optional<NotificationBody> read(JsonFields fields) {
    String id = fields.text("id", VISIBLE, VISIBLE_TEXT);
    String name = fields.text("type", VISIBLE, VISIBLE_TEXT);
    Optional<NotificationType> type = NotificationType.parse(name);
    if (type.isEmpty()) {
      fields.doneWithoutRest();
      return Optional.empty();
    }
    return Optional.of(read(fields, id, type.get()));
  }

  private static NotificationBody read(JsonFields fields, String id, NotificationType type) {
    String merchantAccount = fields.text("merchant_account", VISIBLE, VISIBLE_TEXT);
    String reference = fields.text("reference", VISIBLE, VISIBLE_TEXT);
    String payment = fields.text("payment", VISIBLE, VISIBLE_TEXT);
    long amount = fields.integer("amount", 1, Money.LARGEST_AMOUNT);
    String currency =
        fields.text("currency", Money::isCurrencyForm, "three capital letters, such as USD");
    String occurredAt =
        fields.text(
            "occurred_at",
            text -> instant(text).isPresent(),
            "a time of RFC 3339, such as 2026-11-21T07:00:00Z");
    String dispute = null;
    if (type.isDispute()) {
      // A processor that has one dispute for a payment may name it by the payment.
      String named = fields.optionalText("dispute", VISIBLE, VISIBLE_TEXT);
      dispute = named == null ? payment : named;
    }
    String declineCode =
        type.isDecline()
            ? fields.optionalText("decline_code", DECLINE_CODE, DECLINE_CODE_TEXT)
            : null;
    fields.doneWithoutRest();
    return new NotificationBody(
        id,
        type,
        merchantAccount,
        reference,
        payment,
        amount,
        currency,
        instant(occurredAt).orElseThrow(),
        dispute,
        declineCode);
  }

  private static Optional<Instant> instant(String text) {
    if (text.length() > LONGEST_TIMESTAMP) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant())
          .filter(instant -> !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
