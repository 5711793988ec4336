package io.onceledger.api.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.api.problem.Problem;
import io.onceledger.api.problem.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Has the framework refuse with problems, where it would with an empty body or one of its own. */
@Singleton
class RouterProblems {

  private static final Logger LOG = Logger.getLogger(RouterProblems.class);

  private final ObjectMapper json;
  private final boolean pages;

  RouterProblems(
      ObjectMapper json, @ConfigProperty(name = "quarkus.swagger-ui.enabled") boolean pages) {
    this.json = json;
    this.pages = pages;
  }

  void add(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::refuse);
    router.route("/openapi").order(Integer.MIN_VALUE + 1).handler(this::readOnly);
    if (!pages) {
      // Nothing else of the framework's own is on this port.
      router.route("/q/*").order(Integer.MIN_VALUE + 1).handler(context -> answer(context, 404));
    }
  }

  /** The document's own route would answer any method. */
  private void readOnly(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      context.next();
      return;
    }
    context.response().putHeader("Allow", "GET, HEAD, OPTIONS");
    if (method.equals(HttpMethod.OPTIONS)) {
      context.response().end();
    } else {
      answer(context, 405);
    }
  }

  private void refuse(RoutingContext context) {
    if (context.response().headWritten()) {
      context.request().connection().close();
      return;
    }
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    if (status >= 500) {
      LOG.error("A request failed in a way that nobody expected", context.failure());
    }
    answer(context, status);
  }

  private void answer(RoutingContext context, int status) {
    try {
      Problem problem = Problem.of(Refusal.ofStatus(status));
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader("Content-Type", "application/problem+json")
          .end(Buffer.buffer(json.writeValueAsBytes(problem)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem cannot be written", e);
    }
  }
}
