package io.onceledger.api.access;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.merchant.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets in who has a key of the right kind: {@code Authorization: Bearer <key>} (RFC 6750). Before
 * matching, so that a stranger learns neither routes nor formats; all strangers get the same
 * answer.
 */
class AccessFilter {

  private static final String SCHEME = "Bearer ";

  private final KnownCallers callers;
  private final CurrentCaller current;

  AccessFilter(KnownCallers callers, CurrentCaller current) {
    this.callers = callers;
    this.current = current;
  }

  @ServerRequestFilter(preMatching = true, nonBlocking = true)
  Uni<Response> admit(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (!path.startsWith("/v1/")) {
      return null;
    }
    boolean operatorsRoute = path.startsWith("/v1/ops/") || path.startsWith("/v1/merchants");
    return callers.find(key(request)).map(caller -> admit(caller, operatorsRoute));
  }

  private Response admit(Optional<Caller> found, boolean operatorsRoute) {
    Caller caller = found.orElseThrow(AccessFilter::stranger);
    if (caller instanceof Caller.OperatorCaller != operatorsRoute) {
      throw Refusal.of(
          ProblemCode.FORBIDDEN,
          operatorsRoute ? "Use an operator's key." : "Use a merchant's key.");
    }
    current.set(caller);
    return null;
  }

  private static String key(ContainerRequestContext request) {
    List<String> headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (headers == null
        || headers.size() != 1
        || !headers.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw stranger();
    }
    return headers.get(0).substring(SCHEME.length()).strip();
  }

  private static Refusal stranger() {
    return Refusal.of(ProblemCode.UNAUTHENTICATED, "Send Authorization: Bearer <your key>.");
  }
}
