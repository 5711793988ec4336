package io.onceledger.mockprocessor.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.idempotency.Pin;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes an entry as one line of JSON. {@code at} comes first and has a fixed width, so that a
 * reader who looks for a day need not parse the rest.
 */
final class EntryWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private EntryWriter() {}

  static void write(Entry entry, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("at", Timestamps.write(entry.at()));
      json.writeStringField("kind", entry.kind().wireName());
      json.writeStringField("type", entry.resource().type());
      writeKey(json, entry.key());
      writeIds(json, entry);
      writeInstruction(json, entry.instruction());
      json.writeStringField("status", entry.status());
      writeRest(json, entry);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void writeKey(JsonGenerator json, Key key) throws IOException {
    json.writeStringField("merchant_account", key == null ? null : key.merchantAccount());
    json.writeStringField("idempotency_key", key == null ? null : key.value());
  }

  private static void writeIds(JsonGenerator json, Entry entry) throws IOException {
    String id = entry.number() == 0 ? null : entry.resource().id(entry.number());
    if (entry.resource() == Resource.PAYMENT) {
      json.writeStringField("payment", id);
    } else {
      Instruction asked = entry.instruction();
      json.writeStringField("payment", asked == null ? null : asked.source());
      json.writeStringField(entry.resource().type(), id);
    }
  }

  private static void writeInstruction(JsonGenerator json, Instruction asked) throws IOException {
    if (asked == null) {
      json.writeNullField("reference");
      json.writeNullField("amount");
      json.writeNullField("currency");
      return;
    }
    json.writeStringField("reference", asked.reference());
    json.writeNumberField("amount", asked.amount());
    json.writeStringField("currency", asked.currency());
    if (asked.resource() == Resource.PAYMENT) {
      json.writeStringField("payment_method", asked.source());
    }
  }

  private static void writeRest(JsonGenerator json, Entry entry) throws IOException {
    if (entry.declineCode() != null) {
      json.writeStringField("decline_code", entry.declineCode());
    }
    if (entry.answer() != 0) {
      json.writeNumberField("answer", entry.answer());
    }
    if (entry.pin() != Pin.NOTHING) {
      json.writeStringField("pin", entry.pin().wireName());
    }
    if (entry.late()) {
      json.writeBooleanField("late", true);
    }
    if (entry.inFlight() > 0) {
      json.writeNumberField("in_flight", entry.inFlight());
    }
  }
}
