package io.onceledger.postgres;

/** PostgreSQL could not be started or found; the message is one line that says why. */
public final class PostgresUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresUnavailableException(String message) {
    super(message);
  }

  PostgresUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
