package io.onceledger.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.api.sensitive.SensitiveData;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Reads a request body as one JSON object and nothing else: {@code application/json} in UTF-8, not
 * encoded, at most 64 KiB, no member twice, nothing after the object. Numbers keep the kind that
 * they were written in, so that 10.5 and 1e3 can be told from integers.
 */
public final class JsonBody {

  /** Bytes. */
  public static final int LARGEST = 64 * 1024;

  /** No request of ours is deeper than 2; the rest is room for what is refused by name. */
  private static final int DEEPEST = 32;

  private static final int LONGEST_NUMBER = 1_000;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private JsonBody() {}

  /** As {@link #read}, where a body may be left out: then an empty object. */
  public static ObjectNode readOptional(HttpHeaders headers, byte[] body) {
    return body == null || body.length == 0
        ? JsonNodeFactory.instance.objectNode()
        : read(headers, body);
  }

  /** The object in {@code body}. Refuses by media type, size, syntax, and then card data. */
  public static ObjectNode read(HttpHeaders headers, byte[] body) {
    ObjectNode object = readForeign(headers, body);
    SensitiveData.refuse(object);
    return object;
  }

  /**
   * As {@link #read}, from a sender whose members are not ours to choose: one named {@code card}
   * must not cost us the rest. Take out the members that are needed; keep and log nothing else.
   */
  public static ObjectNode readForeign(HttpHeaders headers, byte[] body) {
    requireJson(headers);
    if (body != null && body.length > LARGEST) {
      throw Refusal.of(ProblemCode.PAYLOAD_TOO_LARGE, "Send at most 64 KiB.");
    }
    try {
      JsonNode tree = READER.readTree(text(body == null ? new byte[0] : body));
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw malformed("Send a JSON object.");
    } catch (CharacterCodingException e) {
      throw malformed("Send UTF-8.");
    } catch (JsonProcessingException e) {
      throw malformed("It cannot be read" + place(e.getLocation()));
    }
  }

  /** The parser's own words would quote the input. */
  private static String place(JsonLocation location) {
    return location == null
        ? "."
        : " at line %s, column %s.".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String text(byte[] body) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(body))
        .toString();
  }

  private static void requireJson(HttpHeaders headers) {
    List<String> types = headers.getRequestHeader(HttpHeaders.CONTENT_TYPE);
    List<String> encodings = headers.getRequestHeader(HttpHeaders.CONTENT_ENCODING);
    boolean encoded =
        encodings != null && !encodings.stream().allMatch("identity"::equalsIgnoreCase);
    if (types == null || types.size() != 1 || !isJson(types.get(0)) || encoded) {
      throw Refusal.of(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send Content-Type: application/json in UTF-8, without Content-Encoding.");
    }
  }

  private static boolean isJson(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.isEmpty()) {
        continue;
      }
      if (!parameter.contains("=")
          || (parameter.startsWith("charset") && !parameter.equals("charset=utf-8"))) {
        return false;
      }
    }
    return true;
  }

  private static Refusal malformed(String detail) {
    return Refusal.of(ProblemCode.MALFORMED_JSON, detail);
  }
}
