package io.onceledger.conformance.http;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;

/** There was no answer that is HTTP. */
public final class NoAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  NoAnswerException(String request, Throwable cause) {
    super("no answer (" + reason(cause) + ")\nsent      " + request, cause);
    this.reason = reason(cause);
  }

  /** Why, in a few words. */
  public String reason() {
    return reason;
  }

  /** Many exceptions of the JDK's client have no message. */
  private static String reason(Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof UnresolvedAddressException) {
        return "the name of the host is not known";
      }
      if (one.getMessage() != null && !one.getMessage().isBlank() && one.getCause() == null) {
        return one.getMessage();
      }
    }
    return cause instanceof ConnectException
        ? "connection refused"
        : cause.getClass().getSimpleName();
  }
}
