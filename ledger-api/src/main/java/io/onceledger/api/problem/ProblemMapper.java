package io.onceledger.api.problem;

import io.onceledger.core.database.SqlFailure;
import io.onceledger.core.groupcommit.QueueFullException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into a problem. The only place that does. */
public final class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String MEDIA_TYPE = "application/problem+json";

  /** Answers {@code failure}; one that nobody expected is logged, and answered without detail. */
  @ServerExceptionMapper
  public Response map(Throwable failure) {
    Refusal refusal = refusal(failure);
    ProblemCode code = refusal.code();
    Response.ResponseBuilder response =
        Response.status(code.status()).type(MEDIA_TYPE).entity(Problem.of(refusal));
    refusal
        .retryAfter()
        .ifPresent(patience -> response.header(HttpHeaders.RETRY_AFTER, wholeSeconds(patience)));
    if (code == ProblemCode.UNAUTHENTICATED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (code == ProblemCode.INVALID_SIGNATURE) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Webhook-Signature");
    }
    if (failure instanceof WebApplicationException web
        && web.getResponse().getHeaders().containsKey(HttpHeaders.ALLOW)) {
      response.header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    return response.build();
  }

  /** Rounded up: a client that waits so long is not too early. */
  private static long wholeSeconds(Duration patience) {
    return Math.max(1, patience.plusSeconds(1).minusNanos(1).toSeconds());
  }

  private static Refusal refusal(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return refusal(failure.getCause());
    }
    if (failure instanceof QueueFullException) {
      return Refusal.of(
          ProblemCode.OVERLOADED,
          "This request was not looked at. Send it again with the same key.");
    }
    if (failure instanceof WebApplicationException web) {
      return Refusal.ofStatus(web.getResponse().getStatus());
    }
    return ofDatabase(failure);
  }

  private static Refusal ofDatabase(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && SqlFailure.of(sql) != SqlFailure.WRONG) {
        LOG.warnf("The database did not serve: %s", sql.getMessage());
        return Refusal.of(
            ProblemCode.SERVICE_UNAVAILABLE,
            "It is not known whether anything was done. Send the same request with the same "
                + "key again: it tells the truth.");
      }
    }
    LOG.error("A request failed in a way that nobody expected", failure);
    return Refusal.of(ProblemCode.INTERNAL_ERROR, "Ask the operator; it is in the log.");
  }
}
