package io.onceledger.mockprocessor.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import java.io.IOException;

/**
 * Reads the body of a POST of a payment or refund. Members that it does not know are ignored, as
 * real processors do; a member that is given twice is an error.
 */
final class InstructionReader {
  /** What a charge may be at most, so that sums of millions of payments fit a long. */
  private static final long MAX_AMOUNT = 99_999_999_999L;

  private static final int MAX_TEXT = 255;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Resource resource;
  private long amount;
  private String currency;
  private String source;
  private String reference;

  private InstructionReader(Resource resource) {
    this.resource = resource;
  }

  static Instruction read(Key key, byte[] body) {
    InstructionReader reader = new InstructionReader(key.resource());
    try (JsonParser json = JSON.createParser(body)) {
      reader.members(json);
    } catch (IOException e) {
      throw malformed();
    }
    return reader.instruction(key);
  }

  private void members(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed();
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("amount")) {
        amount = amount(json, value);
      } else if (name.equals("currency")) {
        currency = text(json, value, name);
      } else if (name.equals("reference")) {
        reference = text(json, value, name);
      } else if (name.equals(resource.sourceMember())) {
        source = text(json, value, name);
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw malformed();
    }
  }

  private Instruction instruction(Key key) {
    require(amount > 0, "amount", "must be an integer from 1 to " + MAX_AMOUNT);
    require(currency != null, "currency", "is needed");
    require(currency.matches("[A-Z]{3}"), "currency", "must be three capital letters");
    require(source != null, resource.sourceMember(), "is needed");
    require(reference != null, "reference", "is needed");
    return new Instruction(key, amount, currency, source, reference);
  }

  private static long amount(JsonParser json, JsonToken value) throws IOException {
    boolean isLong =
        value == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    boolean inRange = isLong && json.getLongValue() > 0 && json.getLongValue() <= MAX_AMOUNT;
    require(inRange, "amount", "must be an integer from 1 to " + MAX_AMOUNT);
    return json.getLongValue();
  }

  private static String text(JsonParser json, JsonToken value, String name) throws IOException {
    boolean isText = value == JsonToken.VALUE_STRING;
    boolean fits = isText && !json.getText().isEmpty() && json.getText().length() <= MAX_TEXT;
    require(fits, name, "must be a text of 1 to " + MAX_TEXT + " characters");
    return json.getText();
  }

  private static void require(boolean holds, String member, String rule) {
    if (!holds) {
      throw Refusal.badRequest("invalid_request", member + " " + rule);
    }
  }

  private static Refusal malformed() {
    return Refusal.badRequest("malformed_json", "the body must be one JSON object");
  }
}
