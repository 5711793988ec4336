package io.onceledger.mockprocessor.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The lines of the journal that are about one merchant account. */
public final class MerchantFilter {
  private final String merchantAccount;

  public MerchantFilter(String merchantAccount) {
    this.merchantAccount = merchantAccount;
  }

  /** Those of a piece of the journal, unchanged. */
  public byte[] lines(byte[] piece) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    Lines.forEach(
        piece,
        (bytes, from, length) -> {
          Entry entry = EntryReader.read(bytes, from, length);
          if (entry.key() != null && entry.key().merchantAccount().equals(merchantAccount)) {
            kept.write(bytes, from, length + 1);
          }
        });
    return kept.toByteArray();
  }
}
