package io.onceledger.core.settlement;

import java.io.IOException;

/** A file is no settlement report, or not all of one. */
public final class UnreadableReportException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong, for the operator. */
  public UnreadableReportException(String message) {
    super(message);
  }
}
