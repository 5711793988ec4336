package io.onceledger.worker.processor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.Backoff;
import io.onceledger.core.processor.Outcome;
import io.onceledger.worker.processor.Answer.Lost;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Answer.Received;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what an answer proves about the claim that it answers. Pure. Whatever is not certain is
 * ambiguous: a body that cannot be read, an amount that is not ours, a status that we do not know.
 */
public final class Reading {

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** What can be stored and shown; a processor's ids are short. */
  private static final Pattern PAYMENT_ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** For a 429 that does not say. */
  private static final Duration USUAL_RATE_LIMIT = Duration.ofSeconds(1);

  private static final String REJECTED = "processor_rejected";

  private Reading() {}

  /** What {@code answer} proves. */
  public static Finding of(Claim claim, Answer answer) {
    if (answer instanceof NotSent notSent) {
      Outcome outcome = claim.step().sends() ? Outcome.NOT_SENT : Outcome.AMBIGUOUS;
      Finding finding = Finding.of(outcome, null, null);
      return notSent.unreachable() ? finding.asUnusable() : finding;
    }
    if (answer instanceof Lost lost) {
      return Finding.of(Outcome.AMBIGUOUS, null, lost.latencyMillis());
    }
    Received received = (Received) answer;
    return switch (claim.step()) {
      case SEND, RESEND -> ofSend(claim, received);
      case LOOK_UP -> ofLookUp(claim, received);
      case CANCEL -> ofCancel(claim, received);
      case PARKED -> throw new IllegalStateException("a parked message makes no call");
    };
  }

  private static Finding ofSend(Claim claim, Received received) {
    int status = received.status();
    Finding ambiguous = ambiguous(received);
    Finding notSent = Finding.of(Outcome.NOT_SENT, status, received.latencyMillis());
    return switch (status) {
      case 200, 201 -> payment(claim, received, false);
      case 429 -> notSent.after(capped(received.retryAfter().orElse(USUAL_RATE_LIMIT)));
      // Our key or our URL is wrong: it says nothing about the charge.
      case 401, 403, 404, 405 -> notSent.asUnusable();
      // Refused for what it is, unless an earlier send may have taken effect.
      case 400, 402, 422 -> claim.step() == Step.SEND ? rejected(received) : ambiguous;
      default -> ambiguous;
    };
  }

  private static Finding ofLookUp(Claim claim, Received received) {
    return switch (received.status()) {
      case 200 -> payment(claim, received, true);
      // Only the processor's own 404 says absent: one with a JSON body, not some proxy's.
      case 404 ->
          parse(received.body()).isObject()
              ? Finding.of(Outcome.ABSENT, 404, received.latencyMillis())
              : ambiguous(received).asUnusable();
      case 401, 403, 405 -> ambiguous(received).asUnusable();
      default -> ambiguous(received);
    };
  }

  private static Finding ofCancel(Claim claim, Received received) {
    return switch (received.status()) {
      case 200 ->
          "canceled".equals(parse(received.body()).path("status").asText())
              ? Finding.of(Outcome.CANCELED, 200, received.latencyMillis())
              : ambiguous(received);
      case 409 -> payment(claim, received, true);
      case 401, 403, 404, 405 -> ambiguous(received).asUnusable();
      default -> ambiguous(received);
    };
  }

  /**
   * A payment that is ours: by its amount and currency, and by its reference where we have just
   * sent it, or by merchant and key where the processor names those (after a restore the reference
   * of the first charge may be another).
   */
  private static Finding payment(Claim claim, Received received, boolean byKey) {
    JsonNode payment = parse(received.body());
    boolean ours = byKey ? isUnderOurKey(claim, payment) : hasOurReference(claim, payment);
    JsonNode amount = payment.path("amount");
    boolean sameMoney =
        amount.isIntegralNumber()
            && amount.canConvertToLong()
            && amount.longValue() == claim.work().amount()
            && claim.work().currency().equals(payment.path("currency").asText());
    String id = payment.path("id").asText();
    if (!ours || !sameMoney || !PAYMENT_ID.matcher(id).matches()) {
      return ambiguous(received);
    }
    return switch (payment.path("status").asText()) {
      case "approved" -> decided(Outcome.APPROVED, received, id, null);
      case "declined" -> decided(Outcome.DECLINED, received, id, declineCode(payment));
      default -> ambiguous(received);
    };
  }

  private static boolean hasOurReference(Claim claim, JsonNode payment) {
    return claim.resource().text().equals(payment.path("reference").asText());
  }

  private static boolean isUnderOurKey(Claim claim, JsonNode payment) {
    return PublicId.MERCHANT
            .text(claim.resource().merchant())
            .equals(payment.path("merchant_account").asText())
        && claim.work().idempotencyKey().equals(payment.path("idempotency_key").asText());
  }

  private static String declineCode(JsonNode payment) {
    String code = payment.path("decline_code").asText();
    return code.matches("[a-z0-9_]{1,64}") ? code : "declined";
  }

  private static Finding rejected(Received received) {
    return decided(Outcome.DECLINED, received, null, REJECTED);
  }

  private static Finding ambiguous(Received received) {
    Finding finding = Finding.of(Outcome.AMBIGUOUS, received.status(), received.latencyMillis());
    return received.retryAfter().map(asked -> finding.after(capped(asked))).orElse(finding);
  }

  /** Who asks for a week has made a mistake. */
  private static Duration capped(Duration asked) {
    return asked.compareTo(Backoff.CAP) > 0 ? Backoff.CAP : asked;
  }

  private static Finding decided(
      Outcome outcome, Received received, String payment, String declineCode) {
    return new Finding(
        outcome,
        received.status(),
        received.latencyMillis(),
        payment,
        declineCode,
        Optional.<Duration>empty(),
        false);
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
