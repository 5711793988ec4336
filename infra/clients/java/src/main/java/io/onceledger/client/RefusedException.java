package io.onceledger.client;

import io.onceledger.client.model.Problem;

/** The ledger did nothing, and says why. To send the same again is of no use. */
public class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.getStatus() + " " + problem.getTitle() + ": " + problem.getDetail());
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
