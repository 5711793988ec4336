package io.onceledger.core.ledger;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The accounts that each merchant has in each currency. */
public enum Account {
  /** What the processor owes for approved charges. */
  PROCESSOR_RECEIVABLE(Type.ASSET),
  /** What is owed to the merchant. */
  MERCHANT_PAYABLE(Type.LIABILITY),
  FEE_REVENUE(Type.INCOME),
  SETTLEMENT_BANK(Type.ASSET),
  PROCESSOR_COST(Type.EXPENSE);

  /** Decides on which side an account's balance is positive. */
  public enum Type {
    ASSET,
    LIABILITY,
    INCOME,
    EXPENSE;

    /** As it is written in JSON. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;

  Account(Type type) {
    this.type = type;
  }

  public Type type() {
    return type;
  }

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The account that {@code text} names. */
  public static Optional<Account> parse(String text) {
    return Stream.of(values()).filter(account -> account.text().equals(text)).findFirst();
  }

  /** The balance on the account's normal side: debits for assets and expenses, else credits. */
  public long balance(long debits, long credits) {
    return switch (type) {
      case ASSET, EXPENSE -> debits - credits;
      case LIABILITY, INCOME -> credits - debits;
    };
  }
}
