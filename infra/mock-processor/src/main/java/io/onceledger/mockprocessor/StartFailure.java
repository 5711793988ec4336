package io.onceledger.mockprocessor;

/** Why the processor does not start, in one line that says what to do. */
public final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
