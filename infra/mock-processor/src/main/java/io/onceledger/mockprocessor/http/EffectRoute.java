package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.fault.Draw;
import io.onceledger.mockprocessor.processing.Attempt;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.onceledger.mockprocessor.processing.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** {@code POST /payments} and {@code POST /refunds}: the requests to which faults happen. */
final class EffectRoute {
  /** Cut off in a string, so that no parser takes it for a whole document. */
  private static final byte[] GARBAGE = {'{', '"', 'i', 'd', '"', ':', '"', 'p', 'a', 'y', '_'};

  private final Vertx vertx;
  private final CardProcessor processor;
  private final InFlight inFlight;

  EffectRoute(Vertx vertx, CardProcessor processor, InFlight inFlight) {
    this.vertx = vertx;
    this.processor = processor;
    this.inFlight = inFlight;
  }

  void post(Resource resource, HttpServerRequest request) {
    int underWay = inFlight.enter(request.response());
    Body.read(
        request,
        body -> guard(request, () -> receive(resource, request, body, underWay)),
        tooLarge -> guard(request, () -> refuse(resource, tooLarge, underWay)));
  }

  private void receive(Resource resource, HttpServerRequest request, byte[] body, int underWay) {
    Instruction asked;
    try {
      asked = InstructionReader.read(Callers.key(resource, request.headers()), body);
    } catch (Refusal e) {
      refuse(resource, e, underWay);
      return;
    }
    Draw draw = processor.draw();
    if (draw.latencyMs() == 0) {
      process(request, asked, draw, underWay);
    } else {
      vertx.setTimer(
          draw.latencyMs(), timer -> guard(request, () -> process(request, asked, draw, underWay)));
    }
  }

  private void refuse(Resource resource, Refusal refusal, int underWay) {
    processor.refuse(resource, refusal.problem().status(), underWay);
    throw refusal;
  }

  private void process(HttpServerRequest request, Instruction asked, Draw draw, int underWay) {
    Reply reply = processor.accept(asked, draw, underWay);
    HttpServerResponse response = request.response();
    if (reply instanceof Reply.Answer answer) {
      Answers.json(response, answer.status(), Json.result(answer.result()));
    } else if (reply instanceof Reply.Problem problem) {
      Answers.problem(response, problem);
    } else if (reply instanceof Reply.Garbage garbage) {
      Answers.json(response, garbage.status(), GARBAGE);
    } else if (reply instanceof Reply.HangUpLater later) {
      hang(request, later.afterMs(), later.held());
    } else {
      request.connection().close();
    }
  }

  private void hang(HttpServerRequest request, int afterMs, Optional<Attempt> held) {
    // Vert.x knows no timer of 0 ms.
    vertx.setTimer(
        Math.max(1, afterMs),
        timer -> {
          guard(request, () -> held.ifPresent(processor::finish));
          request.connection().close();
        });
  }

  private static void guard(HttpServerRequest request, Runnable step) {
    Answers.guard(request.response(), step);
  }
}
