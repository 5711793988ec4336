package io.onceledger.mockprocessor.fault;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** Faults as JSON, and changes to them. */
public final class FaultsJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(new SimpleModule().addSerializer(double.class, new PlainNumber()))
          .build();

  private FaultsJson() {}

  public static byte[] write(Faults faults) {
    try {
      return MAPPER.writeValueAsBytes(faults);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a change sets the seed, and so starts a new sequence of draws. */
  public record Change(Faults faults, boolean reseeds) {}

  /**
   * The faults with some members replaced.
   *
   * @throws IllegalArgumentException if the change is no JSON object, or has an unknown member or
   *     one out of range; the message names it
   */
  public static Change merge(Faults faults, byte[] change) {
    try {
      JsonNode given = MAPPER.readTree(change);
      if (!given.isObject()) {
        throw new IllegalArgumentException("the body must be a JSON object");
      }
      ObjectNode merged = MAPPER.valueToTree(faults);
      given
          .properties()
          .forEach(
              member -> {
                check(merged, member.getKey(), member.getValue());
                merged.set(member.getKey(), member.getValue());
              });
      return new Change(MAPPER.treeToValue(merged, Faults.class), given.has("seed"));
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
  }

  private static void check(ObjectNode known, String name, JsonNode value) {
    if (!known.has(name)) {
      throw new IllegalArgumentException("unknown member " + name);
    }
    Optional<String> complaint = FaultLimits.complaint(name, value);
    if (complaint.isPresent()) {
      throw new IllegalArgumentException(name + " must be " + complaint.get());
    }
  }

  /** Writes 1 instead of 1.0: most members are whole, and people read this. */
  private static final class PlainNumber extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value == Math.rint(value)) {
        json.writeNumber(value.longValue());
      } else {
        json.writeNumber(value);
      }
    }
  }
}
