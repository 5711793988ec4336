package io.onceledger.api.transport;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * Names the methods of a path in {@code Allow}, as a 405 has to (RFC 9110, section 15.5.6): the
 * framework answers it without, and OPTIONS with the methods of every path of the class. Read from
 * the framework's own routes, so that there is no second list of them.
 */
class AllowedMethods {

  private record Route(Pattern path, String method) {}

  /** Made when first needed: the routes are there once the server listens. */
  private volatile List<Route> routes;

  @ServerResponseFilter
  void name(ContainerRequestContext request, ContainerResponseContext response) {
    boolean asked =
        request.getMethod().equals(HttpMethod.OPTIONS)
            && response.getStatus() == Response.Status.OK.getStatusCode();
    if (asked || response.getStatus() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
      response
          .getHeaders()
          .putSingle(HttpHeaders.ALLOW, String.join(", ", of(request.getUriInfo().getPath())));
    }
  }

  private SortedSet<String> of(String path) {
    SortedSet<String> methods = new TreeSet<>(List.of(HttpMethod.OPTIONS));
    for (Route route : routes()) {
      if (route.path().matcher(path).matches()) {
        methods.add(route.method());
        if (route.method().equals(HttpMethod.GET)) {
          methods.add(HttpMethod.HEAD);
        }
      }
    }
    return methods;
  }

  private List<Route> routes() {
    List<Route> known = routes;
    if (known == null) {
      known = read();
      routes = known;
    }
    return known;
  }

  private static List<Route> read() {
    List<Route> routes = new ArrayList<>();
    for (var resourceClass : ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()) {
      for (ServerRestHandler handler : resourceClass.value.handlers) {
        if (handler instanceof ClassRoutingHandler routing) {
          routing
              .getMappers()
              .values()
              .forEach(
                  methods -> methods.getTemplates().forEach(path -> routes.add(route(path.value))));
        }
      }
    }
    return List.copyOf(routes);
  }

  /** Slashes are read as the router reads them: several as one, and one at the end as none. */
  private static Route route(RuntimeResource resource) {
    String template = resource.getClassPath().template + "/" + resource.getPath().template;
    StringBuilder pattern = new StringBuilder();
    for (String segment : template.split("/+", -1)) {
      if (!segment.isEmpty()) {
        pattern
            .append("/+")
            .append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment) + "(?:;[^/]*)?");
      }
    }
    return new Route(Pattern.compile(pattern + "/*"), resource.getHttpMethod());
  }
}
