package io.onceledger.mockprocessor.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.mockprocessor.effect.Dispute;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Result;
import io.onceledger.mockprocessor.processing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bodies of answers. What is sent once per payment is written member by member, for speed. */
final class Json {
  /** The width of most bodies, so that the buffer need not grow. */
  private static final int USUAL_BYTES = 192;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Json() {}

  /** A result as POST shows it. */
  static byte[] result(Result result) {
    return object(json -> writeResult(json, result));
  }

  /** A result as look-up and a refused cancel show it: with the key that it belongs to. */
  static byte[] resultWithKey(Result result) {
    return object(
        json -> {
          writeResult(json, result);
          Key key = result.instruction().key();
          json.writeStringField("merchant_account", key.merchantAccount());
          json.writeStringField("idempotency_key", key.value());
        });
  }

  static byte[] dispute(Dispute dispute) {
    Instruction back = dispute.instruction();
    return object(
        json -> {
          json.writeStringField("id", dispute.id());
          json.writeStringField("status", dispute.status().wireName());
          json.writeStringField("payment", back.source());
          json.writeNumberField("amount", back.amount());
          json.writeStringField("currency", back.currency());
          json.writeStringField("reference", back.reference());
          json.writeStringField("merchant_account", back.key().merchantAccount());
        });
  }

  static byte[] problem(Reply.Problem problem) {
    return object(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("code", problem.code());
          json.writeStringField("message", problem.message());
          json.writeEndObject();
        });
  }

  /** Any record. */
  static byte[] of(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeResult(JsonGenerator json, Result result) throws IOException {
    json.writeStringField("id", result.id());
    json.writeStringField("status", result.status());
    if (!result.approved()) {
      json.writeStringField("decline_code", result.declineCode());
    }
    json.writeNumberField("amount", result.instruction().amount());
    json.writeStringField("currency", result.instruction().currency());
    json.writeStringField("reference", result.instruction().reference());
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] object(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
