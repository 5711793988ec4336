package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.processing.Reply;

/** A request that is answered with a problem. Without a stack trace: it is nobody's bug. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply.Problem problem;

  Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.problem = new Reply.Problem(status, code, message);
  }

  static Refusal badRequest(String code, String message) {
    return new Refusal(400, code, message);
  }

  Reply.Problem problem() {
    return problem;
  }
}
