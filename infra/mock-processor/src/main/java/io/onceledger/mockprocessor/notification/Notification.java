package io.onceledger.mockprocessor.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.journal.Entry;
import io.onceledger.mockprocessor.journal.Kind;
import io.onceledger.mockprocessor.journal.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What the ledger is told of one line of the journal. Everything in it follows from that line, the
 * id too: sent again after a restart it is the same notification, byte for byte.
 */
record Notification(String type, Entry entry) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Empty if there is nothing to tell: only results and disputes are worth it. */
  static Optional<Notification> of(Entry entry) {
    String resource = entry.resource().type();
    return switch (entry.kind()) {
      case EFFECT -> Optional.of(new Notification(resource + ".approved", entry));
      case DECLINE -> Optional.of(new Notification(resource + ".declined", entry));
      case DISPUTE_OPENED -> Optional.of(new Notification("dispute.opened", entry));
      case DISPUTE_WON -> Optional.of(new Notification("dispute.won", entry));
      case DISPUTE_LOST -> Optional.of(new Notification("dispute.lost", entry));
      case ABSORBED, REFUSED, FAILED, DROPPED, HELD, CANCEL, CANCEL_REFUSED, LOOKUP ->
          Optional.empty();
    };
  }

  /** Of what it is about and how that ended; without a full stop, which signatures join with. */
  String id() {
    return "ntf_" + subject() + '_' + type.substring(type.indexOf('.') + 1);
  }

  /** JSON in UTF-8, the same bytes every time. */
  byte[] body() {
    Instruction asked = entry.instruction();
    boolean isPayment = entry.resource() == Resource.PAYMENT;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", id());
      json.writeStringField("type", type);
      json.writeStringField("merchant_account", asked.key().merchantAccount());
      json.writeStringField("reference", asked.reference());
      json.writeStringField("payment", isPayment ? subject() : asked.source());
      if (entry.resource() == Resource.DISPUTE) {
        json.writeStringField("dispute", subject());
      }
      json.writeNumberField("amount", asked.amount());
      json.writeStringField("currency", asked.currency());
      json.writeStringField("occurred_at", Timestamps.write(entry.at()));
      if (entry.kind() == Kind.DECLINE && entry.declineCode() != null) {
        json.writeStringField("decline_code", entry.declineCode());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private String subject() {
    return entry.resource().id(entry.number());
  }
}
