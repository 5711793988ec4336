package io.onceledger.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The OpenAPI document as a judge of exchanges. It is stricter than a client has to be: a member or
 * a header that the document does not name is a violation, too. Any thread may ask.
 */
final class Contract {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOCATION = "https://onceledger.test/openapi";

  private final JsonNode document;
  private final SchemaRegistry schemas;

  Contract(byte[] document) throws IOException {
    this.document = JSON.readTree(document);
    for (JsonNode schema : this.document.at("/components/schemas")) {
      if (schema.has("properties") && !schema.has("additionalProperties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    }
    schemas =
        SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi31(),
            registry ->
                registry
                    .schemas(Map.of(LOCATION, this.document.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder()
                            .locale(Locale.ROOT)
                            .formatAssertionsEnabled(true)
                            .build()));
  }

  /** What of {@code exchange} the document does not allow; empty when all is well. */
  List<String> violations(Exchange exchange) {
    Optional<String> path = path(exchange.path());
    if (path.isEmpty()) {
      // Also another spelling of a documented one, which access is refused to before all else.
      return List.of(401, 403, 404).contains(exchange.status())
          ? List.of()
          : List.of("the path is not documented");
    }
    String item = "/paths/" + path.get().replace("~", "~0").replace("/", "~1");
    boolean head = exchange.method().equals("HEAD");
    String operation = item + "/" + (head ? "get" : exchange.method().toLowerCase(Locale.ROOT));
    List<String> violations = new ArrayList<>();
    // Access is checked before the method.
    String response =
        document.at(operation).isMissingNode() && List.of(401, 403, 405).contains(exchange.status())
            ? "/components/responses/problem-" + exchange.status()
            : resolved(operation + "/responses/" + exchange.status());
    if (document.at(response).isMissingNode()) {
      return List.of("the status is not documented");
    }
    headers(response, exchange, violations);
    if (!head) {
      answer(response, exchange, violations);
    }
    JsonNode request = document.at(operation + "/requestBody");
    if (exchange.status() < 300
        && !request.isMissingNode()
        && (request.path("required").asBoolean() || !exchange.request().isEmpty())) {
      body(operation + "/requestBody/content/application~1json", exchange.request())
          .forEach(error -> violations.add("what was accepted is not documented: " + error));
    }
    return violations;
  }

  private void headers(String response, Exchange exchange, List<String> violations) {
    JsonNode documented = document.at(response).path("headers");
    document
        .at("/components/headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              String value = exchange.header(name);
              if (value != null && !documented.has(name)) {
                violations.add("header " + name + " is not documented");
              }
            });
    documented
        .fieldNames()
        .forEachRemaining(
            name -> {
              String header = resolved(response + "/headers/" + name);
              String value = exchange.header(name);
              if (value == null && document.at(header + "/required").asBoolean()) {
                violations.add("header " + name + " is missing");
              } else if (value != null) {
                schema(header + "/schema")
                    .validate(value(value))
                    .forEach(error -> violations.add("header " + name + ": " + error.getMessage()));
              }
            });
  }

  private static JsonNode value(String header) {
    return header.matches("\\d{1,18}")
        ? LongNode.valueOf(Long.parseLong(header))
        : TextNode.valueOf(header);
  }

  private void answer(String response, Exchange exchange, List<String> violations) {
    JsonNode content = document.at(response).path("content");
    String type = exchange.contentType();
    if (content.has(type) && !type.endsWith("json")) {
      return; // The document says of other texts that they are texts.
    }
    if (content.has(type)) {
      violations.addAll(body(response + "/content/" + type.replace("/", "~1"), exchange.answer()));
    } else if (!exchange.answer().isEmpty() || !content.isEmpty()) {
      violations.add("content type '" + type + "' is not documented");
    }
  }

  private List<String> body(String mediaType, String body) {
    try {
      return schema(mediaType + "/schema").validate(JSON.readTree(body)).stream()
          .map(error -> error.getInstanceLocation() + " " + error.getMessage())
          .toList();
    } catch (IOException e) {
      return List.of("the body is not JSON");
    }
  }

  private Schema schema(String pointer) {
    return schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
  }

  /** Where the thing at {@code pointer}, or what it refers to, stands. */
  private String resolved(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isTextual() ? resolved(reference.asText().substring(1)) : pointer;
  }

  /** The documented path that {@code path} is one of; a literal one before a template. */
  private Optional<String> path(String path) {
    return StreamSupport.stream(
            ((Iterable<String>) document.path("paths")::fieldNames).spliterator(), false)
        .filter(template -> matches(template, path))
        .min(Comparator.comparing(template -> template.contains("{")));
  }

  private static boolean matches(String template, String path) {
    return Pattern.matches(
        Pattern.quote(template).replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q"), path);
  }
}
