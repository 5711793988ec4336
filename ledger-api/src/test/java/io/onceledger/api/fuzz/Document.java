package io.onceledger.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The OpenAPI document of the running API: what it says that can be asked. */
final class Document {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final JsonNode root;

  Document(JsonNode root) {
    this.root = root;
  }

  /**
   * One method on one path.
   *
   * @param path with its parameters in braces
   * @param body the schema of its body; missing when it has none
   * @param open whether it needs no API key
   */
  record Operation(
      String id,
      String method,
      String path,
      List<Parameter> parameters,
      JsonNode body,
      boolean bodyRequired,
      boolean open) {

    boolean isForOperators() {
      return path.startsWith("/v1/ops") || path.startsWith("/v1/merchants");
    }

    /** Whether it is one of those that happen once for each key. */
    boolean takesKey() {
      return parameters.stream().anyMatch(parameter -> parameter.name().equals("Idempotency-Key"));
    }
  }

  /**
   * A parameter of an operation.
   *
   * @param in path, query or header
   */
  record Parameter(String name, String in, boolean required, JsonNode schema) {}

  /** All of them; new ones as soon as the document has them. */
  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : root.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(operation(path.getKey(), path.getValue(), method.getKey()));
        }
      }
    }
    return operations;
  }

  /** What {@code node} refers to, or itself. */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? resolve(root.at(node.get("$ref").textValue().substring(1))) : node;
  }

  private Operation operation(String path, JsonNode shared, String method) {
    JsonNode operation = shared.get(method);
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode list : List.of(shared.path("parameters"), operation.path("parameters"))) {
      StreamSupport.stream(list.spliterator(), false).map(this::parameter).forEach(parameters::add);
    }
    JsonNode body = resolve(operation.path("requestBody"));
    JsonNode security = operation.path("security");
    return new Operation(
        operation.path("operationId").asText(method + " " + path),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        body.isMissingNode()
            ? MissingNode.getInstance()
            : resolve(body.at("/content/application~1json/schema")),
        body.path("required").asBoolean(),
        security.isArray() && security.isEmpty());
  }

  private Parameter parameter(JsonNode node) {
    JsonNode parameter = resolve(node);
    return new Parameter(
        parameter.get("name").asText(),
        parameter.get("in").asText(),
        parameter.path("required").asBoolean(),
        resolve(parameter.path("schema")));
  }
}
