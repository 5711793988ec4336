package io.onceledger.mockprocessor.http;

import io.vertx.core.http.HttpServerResponse;

/** Counts the requests under way: from their headers to their answer, or the end of the line. */
final class InFlight {
  private int count;

  /** Counts a request; returns how many there are with it. */
  int enter(HttpServerResponse response) {
    // Called once, whether the response is written or its connection closes before.
    response.endHandler(ended -> count--);
    return ++count;
  }
}
