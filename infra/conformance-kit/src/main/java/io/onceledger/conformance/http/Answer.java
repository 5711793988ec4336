package io.onceledger.conformance.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the ledger answered.
 *
 * @param request what had been asked, for the report
 * @param headers by name in any case
 */
public record Answer(String request, int status, Map<String, List<String>> headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Answer {
    Map<String, List<String>> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    inAnyCase.putAll(headers);
    headers = inAnyCase;
  }

  /** The first line of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(lines -> lines.get(0));
  }

  /** The body; what is not JSON is a missing node, of which every member is missing, too. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** A text member of the body; empty if there is none. */
  public String text(String member) {
    return json().path(member).asText();
  }

  /** Where the charge is. */
  public String location() {
    return header("Location").orElse("");
  }

  /** Whether it says that the key had been sent before. */
  public boolean replayed() {
    return header("Idempotent-Replayed").isPresent();
  }
}
