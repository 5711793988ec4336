package io.onceledger.api.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.api.fuzz.Document.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A request on its way to being sent: made good, then spoiled in place. */
final class Draft {

  /** Who sends it. */
  enum Caller {
    ONE,
    TWO,
    OPERATOR,
    NOBODY
  }

  final Operation operation;
  final Caller caller;
  final Map<String, String> pathValues = new LinkedHashMap<>();
  final List<Map.Entry<String, String>> query = new ArrayList<>();
  final List<Map.Entry<String, String>> headers = new ArrayList<>();

  String method;

  /** The body while it is JSON; null when there is none. */
  ObjectNode json;

  /** What is sent in its place when a mutation has made it something else. */
  byte[] bytes;

  Draft(Operation operation, Caller caller) {
    this.operation = operation;
    this.caller = caller;
    this.method = operation.method();
  }

  /** Another with the same content. */
  Draft copy() {
    Draft copy = new Draft(operation, caller);
    copy.pathValues.putAll(pathValues);
    copy.query.addAll(query);
    copy.headers.addAll(headers);
    copy.method = method;
    copy.json = json;
    copy.bytes = bytes;
    return copy;
  }

  /** The path up to one of its parameters, as text. */
  String pathBefore(String parameter) {
    String path = operation.path();
    return path(path.substring(0, path.indexOf("/{" + parameter + "}")), value -> value);
  }

  /** The path with what is known of its parameters, as text. */
  String path() {
    return path(operation.path(), value -> value);
  }

  /** The path with its query, percent-encoded. */
  String target() {
    String path = path(operation.path(), Draft::encode);
    return query.isEmpty()
        ? path
        : query.stream()
            .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }

  byte[] body() {
    if (bytes != null || json == null) {
      return bytes == null ? new byte[0] : bytes;
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  void header(String name, String value) {
    headers.add(Map.entry(name, value));
  }

  void replaceHeader(String name, String value) {
    headers.removeIf(header -> header.getKey().equals(name));
    header(name, value);
  }

  @Override
  public String toString() {
    return caller
        + " "
        + method
        + " "
        + target()
        + " "
        + headers
        + " "
        + new String(body(), StandardCharsets.UTF_8);
  }

  private String path(String template, UnaryOperator<String> encoding) {
    String path = template;
    for (var value : pathValues.entrySet()) {
      path = path.replace("{" + value.getKey() + "}", encoding.apply(value.getValue()));
    }
    return path;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
