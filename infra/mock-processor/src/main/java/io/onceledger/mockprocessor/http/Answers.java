package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.processing.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;

/** Sends answers. */
final class Answers {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

  /** The wait that a 429 asks for. */
  private static final String RETRY_AFTER_SECONDS = "1";

  private Answers() {}

  /** Answers, unless the caller has gone. */
  static void json(HttpServerResponse response, int status, byte[] body) {
    if (response.closed()) {
      return;
    }
    if (response.headWritten()) {
      // Too late for another answer; a cut connection at least says that this one is not whole.
      response.reset();
      return;
    }
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    response.end(Buffer.buffer(body));
  }

  static void problem(HttpServerResponse response, Reply.Problem problem) {
    if (problem.status() == 429) {
      response.putHeader(RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    json(response, problem.status(), Json.problem(problem));
  }

  /** Runs a step of a request; what it throws becomes the answer. */
  static void guard(HttpServerResponse response, Runnable step) {
    try {
      step.run();
    } catch (Refusal e) {
      problem(response, e.problem());
    } catch (UncheckedIOException e) {
      System.err.println("The journal cannot be used: " + e.getCause().getMessage());
      problem(response, new Reply.Problem(503, "journal_unavailable", "nothing has happened"));
    } catch (RuntimeException e) {
      e.printStackTrace();
      problem(response, new Reply.Problem(500, "bug", "the mock processor is broken; see its log"));
    }
  }
}
