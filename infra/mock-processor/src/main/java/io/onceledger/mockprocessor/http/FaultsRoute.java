package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.fault.FaultsJson;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.vertx.core.http.HttpServerRequest;

/** {@code /faults}: what goes wrong from now on. */
final class FaultsRoute {
  private final CardProcessor processor;

  FaultsRoute(CardProcessor processor) {
    this.processor = processor;
  }

  void get(HttpServerRequest request) {
    Answers.json(request.response(), 200, FaultsJson.write(processor.faults()));
  }

  void put(HttpServerRequest request) {
    Body.read(
        request,
        body -> Answers.guard(request.response(), () -> put(request, body)),
        tooLarge -> Answers.problem(request.response(), tooLarge.problem()));
  }

  private void put(HttpServerRequest request, byte[] body) {
    try {
      FaultsJson.Change change = FaultsJson.merge(processor.faults(), body);
      processor.change(change.faults(), change.reseeds());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("invalid_faults", e.getMessage());
    }
    get(request);
  }
}
