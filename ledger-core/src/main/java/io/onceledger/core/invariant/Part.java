package io.onceledger.core.invariant;

import java.util.List;

/** What is swept by itself, because its subjects are found in an order of their own. */
enum Part {
  RESOURCES("resource", "resource_violation", "uuid", "00000000-0000-0000-0000-000000000000"),
  KEYS("key", "key_violation", "text", "");

  /**
   * A table whose rows are checked.
   *
   * @param subject the column of its primary key after {@code merchant_id}
   * @param share so many of its rows are as much work as one charge
   */
  record Source(String table, String subject, int share) {}

  private final String code;
  private final String view;
  private final String type;
  private final String least;

  Part(String code, String view, String type, String least) {
    this.code = code;
    this.view = view;
    this.type = type;
    this.least = least;
  }

  /** As it is stored. */
  String code() {
    return code;
  }

  /** Its violations, with {@code merchant_id} and {@code subject}. */
  String view() {
    return view;
  }

  /** The SQL type of a subject. */
  String type() {
    return type;
  }

  /** Before every subject. */
  String least() {
    return least;
  }

  /** What there is to check. */
  List<Source> sources() {
    return switch (this) {
      case RESOURCES ->
          List.of(
              new Source("charge", "id", 1),
              new Source("refund", "id", 1),
              new Source("dispute", "id", 1),
              new Source("settlement_line", "id", 2),
              new Source("outbox_message", "resource_id", 1),
              // A charge has two entries, and two more when it is settled.
              new Source("ledger_entry", "source_id", 4));
      case KEYS -> List.of(new Source("idempotency_key", "key", 1));
    };
  }
}
