package io.onceledger.api.transport;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;

/**
 * Headers that keep browsers, caches and proxies from making more of an answer than it is. There is
 * no CORS header among them: this API is for servers, whose keys no browser should hold.
 */
@Singleton
class SecurityHeaders {

  private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
  private static final String YEAR_IN_SECONDS = "31536000";

  void add(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(SecurityHeaders::add);
  }

  /** What every answer has. */
  static void always(BiConsumer<String, String> headers) {
    headers.accept("X-Content-Type-Options", "nosniff");
    headers.accept("Referrer-Policy", "no-referrer");
    headers.accept("Cache-Control", "no-store");
    headers.accept(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
  }

  private static void add(RoutingContext context) {
    always(context.response()::putHeader);
    if (context.normalizedPath().startsWith("/q/")) {
      // Swagger UI, in standalone only, is a page with scripts.
      context.response().headers().remove(CONTENT_SECURITY_POLICY);
    }
    // To the proxy, if it is trusted to say so (quarkus.http.proxy).
    if ("https".equals(context.request().scheme())) {
      context.response().putHeader("Strict-Transport-Security", "max-age=" + YEAR_IN_SECONDS);
    }
    context.next();
  }
}
