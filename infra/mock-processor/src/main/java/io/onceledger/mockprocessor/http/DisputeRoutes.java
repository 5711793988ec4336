package io.onceledger.mockprocessor.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.mockprocessor.effect.Dispute;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.journal.Entry;
import io.onceledger.mockprocessor.journal.JournalReader;
import io.onceledger.mockprocessor.journal.PaymentSearch;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What a cardholder's bank does, done by whoever tests: {@code POST /disputes} opens one, {@code
 * POST /disputes/{id}/won} or {@code …/lost} ends it. To end it a second time the same way answers
 * the same and does nothing.
 */
final class DisputeRoutes {
  static final String ONE = Resource.DISPUTE.path() + "/";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Vertx vertx;
  private final CardProcessor processor;

  DisputeRoutes(Vertx vertx, CardProcessor processor) {
    this.vertx = vertx;
    this.processor = processor;
  }

  void open(HttpServerRequest request) {
    Body.read(
        request,
        body -> Answers.guard(request.response(), () -> open(request, body)),
        tooLarge -> Answers.problem(request.response(), tooLarge.problem()));
  }

  void close(HttpServerRequest request) {
    String[] path = request.path().substring(ONE.length()).split("/", -1);
    Dispute.Status verdict = verdict(path);
    Dispute dispute =
        processor
            .findDispute(path[0])
            .orElseThrow(() -> new Refusal(404, "not_found", "there is no such dispute"));
    if (dispute.status() == Dispute.Status.OPEN) {
      dispute = processor.close(dispute, verdict);
    } else if (dispute.status() != verdict) {
      throw new Refusal(409, "dispute_closed", "it was " + dispute.status().wireName());
    }
    Answers.json(request.response(), 200, Json.dispute(dispute));
  }

  private void open(HttpServerRequest request, byte[] body) {
    Wish wish = Wish.read(body);
    JournalReader journal = journal();
    vertx
        .executeBlocking(() -> PaymentSearch.find(wish.payment(), journal))
        .onSuccess(payment -> Answers.guard(request.response(), () -> open(request, wish, payment)))
        .onFailure(
            failure ->
                Answers.guard(
                    request.response(),
                    () -> {
                      throw new UncheckedIOException(new IOException(failure));
                    }));
  }

  private void open(HttpServerRequest request, Wish wish, Optional<Entry> found) {
    Entry payment =
        found.orElseThrow(
            () -> new Refusal(422, "unknown_payment", "there is no such approved payment"));
    long most = payment.instruction().amount();
    if (wish.amount().orElse(most) > most) {
      throw new Refusal(422, "dispute_exceeds_payment", "the payment was of " + most);
    }
    Dispute dispute =
        processor
            .dispute(payment, wish.amount().orElse(most))
            .orElseThrow(
                () -> new Refusal(422, "already_disputed", "a payment is disputed once at most"));
    Answers.json(request.response(), 201, Json.dispute(dispute));
  }

  private JournalReader journal() {
    try {
      return processor.journal();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dispute.Status verdict(String[] path) {
    return switch (path.length == 2 ? path[1] : "") {
      case "won" -> Dispute.Status.WON;
      case "lost" -> Dispute.Status.LOST;
      default -> throw new Refusal(404, "unknown_path", "disputes are won or lost");
    };
  }

  /**
   * What is asked for.
   *
   * @param amount all of the payment's, if empty
   */
  private record Wish(String payment, Optional<Long> amount) {
    static Wish read(byte[] body) {
      try {
        JsonNode wish = MAPPER.readTree(body);
        JsonNode payment = wish.path("payment");
        JsonNode amount = wish.path("amount");
        boolean absent = amount.isMissingNode() || amount.isNull();
        if (Resource.PAYMENT.number(payment.asText()) < 0) {
          throw Refusal.badRequest("invalid_request", "payment must be the id of a payment");
        }
        if (!absent && !(amount.isIntegralNumber() && amount.canConvertToLong())) {
          throw Refusal.badRequest("invalid_request", "amount must be an integer");
        }
        if (!absent && amount.longValue() <= 0) {
          throw Refusal.badRequest("invalid_request", "amount must be positive");
        }
        return new Wish(
            payment.asText(), absent ? Optional.empty() : Optional.of(amount.longValue()));
      } catch (IOException e) {
        throw Refusal.badRequest("malformed_json", "the body must be one JSON object");
      }
    }
  }
}
