package io.onceledger.api.access;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.merchant.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets in who has a key of the right kind: {@code Authorization: Bearer <key>} (RFC 6750). Before
 * matching, so that a stranger learns neither routes nor formats; all strangers get the same
 * answer. Then, for merchants, the rate limit.
 */
class AccessFilter {

  private static final String SCHEME = "Bearer ";

  /** The processor has no key: it signs. */
  private static final String PROCESSORS_ROUTE = "/v1/processor-notifications";

  /** For the database to say who calls; most of the time it is known. */
  private static final Duration LONGEST_SILENCE = Duration.ofMillis(1_800);

  private final KnownCallers callers;
  private final RateLimit limit;
  private final CurrentCaller current;

  AccessFilter(KnownCallers callers, RateLimit limit, CurrentCaller current) {
    this.callers = callers;
    this.limit = limit;
    this.current = current;
  }

  @ServerRequestFilter(preMatching = true, nonBlocking = true)
  Uni<Response> admit(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (!path.startsWith("/v1/") || path.equals(PROCESSORS_ROUTE)) {
      return null;
    }
    boolean operatorsRoute =
        path.startsWith("/v1/ops/")
            || path.equals("/v1/merchants")
            || path.startsWith("/v1/merchants/");
    CompletableFuture<Optional<Caller>> found = callers.find(key(request));
    if (found.isDone() && !found.isCompletedExceptionally()) {
      admit(found.join(), operatorsRoute);
      return null;
    }
    return Uni.createFrom()
        .completionStage(found)
        .ifNoItem()
        .after(LONGEST_SILENCE)
        .failWith(() -> Refusal.of(ProblemCode.SERVICE_UNAVAILABLE, "Send the same request again."))
        .invoke(caller -> admit(caller, operatorsRoute))
        .replaceWith((Response) null);
  }

  /** The second lock: whatever the path looked like, the resource itself is an operator's. */
  @OperatorsOnly
  @ServerRequestFilter(nonBlocking = true)
  public void admitOperator() {
    current.operator();
  }

  private void admit(Optional<Caller> found, boolean operatorsRoute) {
    Caller caller = found.orElseThrow(AccessFilter::stranger);
    current.set(caller);
    if (operatorsRoute) {
      current.operator();
    } else {
      current.merchant();
    }
    if (caller instanceof Caller.MerchantCaller is) {
      limit.admit(is.merchant().id());
    }
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
