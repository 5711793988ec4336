package io.onceledger.api.refund;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.onceledger.core.refund.RefundReceipt;
import jakarta.inject.Singleton;

/**
 * Renders receipts of refunds: the same columns under the same version give the same bytes, for
 * ever. Version 1 is the refund as {@link RefundView} writes it today; who changes that writing
 * keeps the old one here under its number. A golden file holds the bytes.
 */
@Singleton
class Receipts {

  private final ObjectWriter version1;

  Receipts(ObjectMapper json) {
    version1 = json.writerFor(RefundView.class);
  }

  byte[] render(RefundReceipt receipt) {
    if (receipt.version() != 1) {
      throw new IllegalStateException("no rendering of receipts has version " + receipt.version());
    }
    try {
      return version1.writeValueAsBytes(RefundView.of(receipt));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a refund can always be written", e);
    }
  }
}
