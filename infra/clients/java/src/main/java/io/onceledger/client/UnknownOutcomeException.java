package io.onceledger.client;

import io.onceledger.client.invoker.ApiException;

/**
 * Time ran out before an answer came that says anything. The charge may have been made or not: it
 * must be shown as neither. The same intent, sent again at any later time, finds out.
 */
public final class UnknownOutcomeException extends Exception {

  private static final long serialVersionUID = 1L;

  UnknownOutcomeException(String intent, ApiException last) {
    super("it is not known whether " + intent + " was accepted; send the same intent again", last);
  }
}
