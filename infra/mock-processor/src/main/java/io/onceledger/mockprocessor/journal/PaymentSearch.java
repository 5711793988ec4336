package io.onceledger.mockprocessor.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onceledger.mockprocessor.effect.Resource;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the payment with an id. Reads all of the journal that comes before it, which suits what a
 * person asks for once in a while: an index of millions of payments would stay in memory for it.
 */
public final class PaymentSearch {
  private final String id;
  private Entry found;

  private PaymentSearch(String id) {
    this.id = id;
  }

  /** The line in which the payment took effect; blocks, and closes the reader. */
  public static Optional<Entry> find(String id, JournalReader journal) throws IOException {
    PaymentSearch search = new PaymentSearch(id);
    try (journal) {
      byte[] piece = journal.next();
      while (piece.length > 0 && search.found == null) {
        Lines.forEach(piece, search::look);
        piece = journal.next();
      }
    }
    return Optional.ofNullable(search.found);
  }

  private void look(byte[] bytes, int from, int length) throws IOException {
    // Most lines are about others, and parsing is what costs.
    if (found == null && new String(bytes, from, length, UTF_8).contains(id)) {
      Entry entry = EntryReader.read(bytes, from, length);
      boolean effect = entry.kind() == Kind.EFFECT && entry.resource() == Resource.PAYMENT;
      if (effect && Resource.PAYMENT.id(entry.number()).equals(id)) {
        found = entry;
      }
    }
  }
}
