package io.onceledger.mockprocessor.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.effect.Result;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Optional;

/** Look-up and cancel by key, where the processor supports them. */
final class KeyRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final byte[] CANCELED = Json.of(new Canceled("canceled"));

  private final CardProcessor processor;

  KeyRoutes(CardProcessor processor) {
    this.processor = processor;
  }

  void find(Resource resource, HttpServerRequest request) {
    if (!processor.faults().lookupSupported()) {
      throw new Refusal(405, "lookup_not_supported", "this processor cannot be asked by key");
    }
    Key key =
        Callers.key(
            resource,
            Callers.parameter(request, "merchant_account"),
            Callers.parameter(request, "idempotency_key"));
    Result found =
        processor
            .find(key)
            .orElseThrow(() -> new Refusal(404, "not_found", "nothing is known under this key"));
    Answers.json(request.response(), 200, Json.resultWithKey(found));
  }

  void cancel(Resource resource, HttpServerRequest request) {
    Body.read(
        request,
        body -> Answers.guard(request.response(), () -> cancel(resource, request, body)),
        tooLarge -> Answers.problem(request.response(), tooLarge.problem()));
  }

  private void cancel(Resource resource, HttpServerRequest request, byte[] body) {
    if (!processor.faults().cancelSupported()) {
      throw new Refusal(405, "cancel_not_supported", "this processor cannot cancel by key");
    }
    Optional<Result> tooLate = processor.cancel(namedKey(resource, body));
    if (tooLate.isPresent()) {
      Answers.json(request.response(), 409, Json.resultWithKey(tooLate.get()));
    } else {
      Answers.json(request.response(), 200, CANCELED);
    }
  }

  private static Key namedKey(Resource resource, byte[] body) {
    try {
      JsonNode named = MAPPER.readTree(body);
      return Callers.key(
          resource,
          named.path("merchant_account").textValue(),
          named.path("idempotency_key").textValue());
    } catch (IOException e) {
      throw Refusal.badRequest("malformed_json", "the body must be one JSON object");
    }
  }

  private record Canceled(String status) {}
}
