package io.onceledger.standalone.demo;

/** The demo cannot go on; the message is one line that says why. */
final class GivenUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GivenUpException(String message) {
    super(message);
  }
}
