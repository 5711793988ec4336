package io.onceledger.worker.crashpoint;

import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One merchant at the processor, with one key in use, and the truth about its money. Keeps the
 * promises of its profile and not one more: unless every answer is pinned, a request acts anew
 * after an answered failure. Any thread.
 */
final class Account {

  private enum Pin {
    NOTHING,
    RESULT,
    FAILURE,
    TOMBSTONE
  }

  /** One request, by whom, and whether that one had slept while others did its work. */
  record Call(String process, boolean takesMoney, boolean stale, int visit) {}

  private record Reply(int status, JsonObject body) {}

  private final String merchant;
  private final Caches caches;
  private final Course course;
  private final Function<String, Life> lives;
  private final List<Call> calls = new ArrayList<>();
  private final List<JsonObject> effects = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private Pin pin = Pin.NOTHING;

  Account(String merchant, Caches caches, Course course, Function<String, Life> lives) {
    this.merchant = merchant;
    this.caches = caches;
    this.course = course;
    this.lives = lives;
  }

  /** Answers, or breaks the connection. */
  synchronized void handle(HttpServerRequest request, Buffer body) {
    Life life = lives.apply(request.getHeader(TappedNetwork.PROCESS));
    int visit = Integer.parseInt(request.getHeader(TappedNetwork.VISIT));
    boolean takesMoney =
        request.method().equals(HttpMethod.POST) && request.path().equals("/payments");
    calls.add(new Call(life.name(), takesMoney, life.isResumed(), visit));
    keys.add(request.getHeader("Idempotency-Key"));
    int acted = effects.size();
    Kind before = strike(life, visit, Points.ARRIVED);
    if (before == Kind.DISCONNECT) {
      request.connection().close();
      return;
    }
    if (before == Kind.EXCEPTION) {
      pin = takesMoney && pin == Pin.NOTHING && caches == Caches.ALL ? Pin.FAILURE : pin;
      reply(request, new Reply(500, new JsonObject()));
      return;
    }
    Reply reply = takesMoney ? pay(body.toJsonObject()) : askOrCancel(request);
    Kind after = strike(life, visit, Points.ACTED);
    if (after == Kind.DISCONNECT) {
      request.connection().close();
    } else if (after == Kind.EXCEPTION) {
      if (effects.size() > acted) {
        pin = caches == Caches.ALL ? Pin.FAILURE : Pin.NOTHING;
      }
      reply(request, new Reply(500, new JsonObject()));
    } else {
      reply(request, reply);
    }
  }

  private Kind strike(Life life, int visit, String point) {
    Kind kind = course.pass(new Boundary(Stage.SEND, visit, point)).orElse(null);
    if (kind == Kind.CRASH) {
      life.kill();
    } else if (kind == Kind.HANG) {
      life.hang();
    }
    return kind;
  }

  private Reply pay(JsonObject payment) {
    return switch (pin) {
      case FAILURE -> new Reply(500, new JsonObject());
      case TOMBSTONE -> new Reply(410, new JsonObject());
      case RESULT -> new Reply(200, effects.get(effects.size() - 1));
      case NOTHING -> {
        pin = Pin.RESULT;
        effects.add(
            payment
                .copy()
                .put("id", "pay_" + (effects.size() + 1))
                .put("status", "approved")
                .put("merchant_account", merchant)
                .put("idempotency_key", keys.iterator().next()));
        yield new Reply(201, effects.get(effects.size() - 1));
      }
    };
  }

  private Reply askOrCancel(HttpServerRequest request) {
    boolean cancels = request.path().endsWith("/cancel");
    if (!effects.isEmpty()) {
      return new Reply(cancels ? 409 : 200, effects.get(effects.size() - 1));
    }
    if (!cancels) {
      return new Reply(404, new JsonObject());
    }
    pin = Pin.TOMBSTONE;
    return new Reply(200, new JsonObject().put("status", "canceled"));
  }

  private static void reply(HttpServerRequest request, Reply reply) {
    request
        .response()
        .setStatusCode(reply.status())
        .putHeader("Content-Type", "application/json")
        .end(reply.body().toBuffer());
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What took money, with its amount. */
  synchronized List<JsonObject> effects() {
    return List.copyOf(effects);
  }

  /** So many times a payment has to be absent before it is sent again. */
  int lookUpsNeeded() {
    return caches == Caches.ALL ? 1 : 2;
  }

  /** Of all sends after the first one, except by a process that had slept. */
  synchronized int leastLookUpsBeforeResend() {
    int least = Integer.MAX_VALUE;
    int lookUps = Integer.MAX_VALUE;
    for (Call call : calls) {
      if (!call.takesMoney()) {
        lookUps = lookUps == Integer.MAX_VALUE ? lookUps : lookUps + 1;
      } else if (!call.stale()) {
        least = Math.min(least, lookUps);
        lookUps = 0;
      }
    }
    return least;
  }

  /** All keys that it was ever called under. */
  synchronized Set<String> keys() {
    return Set.copyOf(keys);
  }

  /** Whether nothing can take money any more. */
  synchronized boolean isClosed() {
    return pin == Pin.TOMBSTONE;
  }
}
