package io.onceledger.standalone.demo;

/** The demo cannot go on; the message is one line that says why. */
public final class GivenUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GivenUpException(String message) {
    super(message);
  }
}
