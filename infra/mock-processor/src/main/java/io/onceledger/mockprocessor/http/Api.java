package io.onceledger.mockprocessor.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.notification.NotificationFigures;
import io.onceledger.mockprocessor.notification.Notifier;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of routes: by path, then by method. */
public final class Api implements Handler<HttpServerRequest> {
  /** What follows them is part of the question. */
  private static final List<String> PREFIXES =
      List.of(JournalRoutes.SETTLEMENTS, DisputeRoutes.ONE);

  private final Map<String, Map<HttpMethod, Handler<HttpServerRequest>>> routes = new HashMap<>();

  /**
   * All routes.
   *
   * @param notifier empty if nobody is notified
   */
  public Api(Vertx vertx, CardProcessor processor, Optional<Notifier> notifier) {
    EffectRoute effects = new EffectRoute(vertx, processor, new InFlight());
    KeyRoutes keys = new KeyRoutes(processor);
    for (Resource resource : Resource.ASKED_FOR) {
      routes.put(
          resource.path(),
          Map.of(
              POST, request -> effects.post(resource, request),
              GET, request -> keys.find(resource, request)));
      routes.put(
          resource.path() + "/cancel", Map.of(POST, request -> keys.cancel(resource, request)));
    }
    DisputeRoutes disputes = new DisputeRoutes(vertx, processor);
    routes.put(Resource.DISPUTE.path(), Map.of(POST, disputes::open));
    routes.put(DisputeRoutes.ONE, Map.of(POST, disputes::close));
    FaultsRoute faults = new FaultsRoute(processor);
    routes.put("/faults", Map.of(GET, faults::get, PUT, faults::put));
    JournalRoutes journal = new JournalRoutes(vertx, processor);
    routes.put("/journal", Map.of(GET, journal::journal));
    routes.put("/journal/summary", Map.of(GET, journal::summary));
    routes.put("/notifications", Map.of(GET, request -> notifications(notifier, request)));
    routes.put(JournalRoutes.SETTLEMENTS, Map.of(GET, journal::settlement));
  }

  @Override
  public void handle(HttpServerRequest request) {
    Answers.guard(request.response(), () -> route(request).handle(request));
  }

  private static void notifications(Optional<Notifier> notifier, HttpServerRequest request) {
    NotificationFigures figures = notifier.map(Notifier::figures).orElse(NotificationFigures.NONE);
    Answers.json(request.response(), 200, Json.of(figures));
  }

  private Handler<HttpServerRequest> route(HttpServerRequest request) {
    String path = request.path();
    var methods = routes.get(PREFIXES.stream().filter(path::startsWith).findAny().orElse(path));
    if (methods == null) {
      throw new Refusal(404, "unknown_path", "there is nothing at this path");
    }
    Handler<HttpServerRequest> handler = methods.get(request.method());
    if (handler == null) {
      String allowed =
          methods.keySet().stream()
              .map(HttpMethod::name)
              .sorted()
              .collect(Collectors.joining(", "));
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      throw new Refusal(405, "method_not_allowed", "this path takes " + allowed);
    }
    return handler;
  }
}
