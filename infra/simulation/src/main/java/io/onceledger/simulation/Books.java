package io.onceledger.simulation;

import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.Posting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The rows of {@code ledger_entry} and {@code account_balance}. */
final class Books {

  record Name(UUID merchant, Account account, String currency) implements Comparable<Name> {
    private static final Comparator<Name> ORDER =
        Comparator.comparing(Name::merchant)
            .thenComparing(Name::account)
            .thenComparing(Name::currency);

    @Override
    public int compareTo(Name other) {
      return ORDER.compare(this, other);
    }
  }

  record Sums(long debits, long credits) {
    Sums plus(Sums other) {
      return new Sums(debits + other.debits, credits + other.credits);
    }
  }

  private record Natural(UUID merchant, UUID source, Posting.Kind kind) {}

  private final Decisions decisions;
  private final Set<Natural> posted = new HashSet<>();
  private final List<Posting> entries = new ArrayList<>();
  private final Map<Name, Sums> balances = new TreeMap<>();

  Books(Decisions decisions) {
    this.decisions = decisions;
  }

  void post(List<Posting> postings) {
    for (Posting posting : postings) {
      boolean inserted =
          posted.add(new Natural(posting.merchant(), posting.source(), posting.kind()));
      if (inserted) {
        entries.add(posting);
      }
      if (decisions.raisesBalances(inserted)) {
        add(balances, posting);
      }
    }
  }

  /** Adds both legs of an entry. */
  static void add(Map<Name, Sums> sums, Posting posting) {
    sums.merge(
        new Name(posting.merchant(), posting.debit(), posting.currency()),
        new Sums(posting.amount(), 0),
        Sums::plus);
    sums.merge(
        new Name(posting.merchant(), posting.credit(), posting.currency()),
        new Sums(0, posting.amount()),
        Sums::plus);
  }

  List<Posting> entries() {
    return entries;
  }

  Map<Name, Sums> balances() {
    return balances;
  }
}
