package io.onceledger.api.testing;

import java.util.function.UnaryOperator;

/**
 * A request and its answer.
 *
 * @param path without query, as it was sent
 * @param headers of the answer; null for one that is not there
 * @param contentType of the answer, without parameters; empty for none
 */
record Exchange(
    String method,
    String path,
    String request,
    int status,
    UnaryOperator<String> headers,
    String contentType,
    String answer) {

  String header(String name) {
    return headers.apply(name);
  }

  @Override
  public String toString() {
    return method + " " + path + " -> " + status;
  }
}
