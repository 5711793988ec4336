package io.onceledger.api.charge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.onceledger.core.charge.ChargeReceipt;
import jakarta.inject.Singleton;

/**
 * Renders receipts: the same columns under the same version give the same bytes, for ever. Version
 * 1 is the charge as {@link ChargeView} writes it today; who changes that writing keeps the old one
 * here under its number. A golden file holds the bytes.
 */
@Singleton
class Receipts {

  private final ObjectWriter version1;

  Receipts(ObjectMapper json) {
    version1 = json.writerFor(ChargeView.class);
  }

  byte[] render(ChargeReceipt receipt) {
    if (receipt.version() != 1) {
      throw new IllegalStateException("no rendering of receipts has version " + receipt.version());
    }
    try {
      return version1.writeValueAsBytes(ChargeView.of(receipt));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a charge can always be written", e);
    }
  }
}
