package io.onceledger.mockprocessor.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.idempotency.Pin;
import java.io.IOException;
import java.util.Locale;

/** Reads back what {@link EntryWriter} wrote; a member that it does not know is skipped. */
public final class EntryReader {
  private static final JsonFactory JSON = new JsonFactory();

  private String at;
  private Kind kind;
  private Resource resource;
  private String merchantAccount;
  private String idempotencyKey;
  private String payment;
  private String otherId;
  private String paymentMethod;
  private String reference;
  private long amount;
  private String currency;
  private String declineCode;
  private int answer;
  private Pin pin = Pin.NOTHING;
  private boolean late;
  private int inFlight;

  private EntryReader() {}

  /**
   * The entry in one line of UTF-8.
   *
   * @throws IOException if it is none
   */
  public static Entry read(byte[] bytes, int from, int length) throws IOException {
    EntryReader reader = new EntryReader();
    try (JsonParser json = JSON.createParser(bytes, from, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        reader.member(name, json);
      }
      return reader.entry();
    } catch (RuntimeException e) {
      throw new IOException("not a journal entry", e);
    }
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "at" -> at = json.getText();
      case "kind" -> kind = Kind.valueOf(json.getText().toUpperCase(Locale.ROOT));
      case "type" -> resource = Resource.valueOf(json.getText().toUpperCase(Locale.ROOT));
      case "merchant_account" -> merchantAccount = json.getValueAsString();
      case "idempotency_key" -> idempotencyKey = json.getValueAsString();
      case "payment" -> payment = json.getValueAsString();
      case "refund", "dispute" -> otherId = json.getValueAsString();
      case "payment_method" -> paymentMethod = json.getText();
      case "reference" -> reference = json.getValueAsString();
      case "amount" -> amount = json.getValueAsLong();
      case "currency" -> currency = json.getValueAsString();
      case "decline_code" -> declineCode = json.getText();
      case "answer" -> answer = json.getIntValue();
      case "pin" -> pin = Pin.valueOf(json.getText().toUpperCase(Locale.ROOT));
      case "late" -> late = json.getBooleanValue();
      case "in_flight" -> inFlight = json.getIntValue();
      default -> json.skipChildren();
    }
  }

  private Entry entry() {
    boolean isPayment = resource == Resource.PAYMENT;
    Key key = idempotencyKey == null ? null : new Key(resource, merchantAccount, idempotencyKey);
    String source = isPayment ? paymentMethod : payment;
    Instruction asked =
        reference == null ? null : new Instruction(key, amount, currency, source, reference);
    String id = isPayment ? payment : otherId;
    long number = id == null ? 0 : resource.number(id);
    return new Entry(
        Timestamps.read(at),
        kind,
        resource,
        key,
        asked,
        number,
        declineCode,
        answer,
        pin,
        late,
        inFlight);
  }
}
