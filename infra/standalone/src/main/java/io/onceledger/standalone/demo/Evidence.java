package io.onceledger.standalone.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that is known after a run, from three witnesses: what the client was told, what the
 * ledger says, and what the processor's journal says.
 *
 * @param orders by key
 * @param accepted by key: the charge that the receipt names
 * @param refused by key: the API's reason
 * @param differentReceipts keys to which two answers were not the same bytes
 * @param charges by id, as the ledger has them now
 * @param entries of these charges
 * @param effects under these keys, in all time
 * @param accounts of the merchant
 * @param violations of the ledger's invariants
 */
public record Evidence(
    Map<String, Order> orders,
    Map<String, String> accepted,
    Map<String, String> refused,
    Set<String> differentReceipts,
    Map<String, Charge> charges,
    List<Entry> entries,
    List<Effect> effects,
    List<Account> accounts,
    List<String> violations) {

  /** A charge as GET shows it. */
  public record Charge(
      String id, String idempotencyKey, long amount, String currency, String status) {}

  /** A ledger entry of a charge. */
  public record Entry(String charge, String kind, long amount, String currency) {}

  /** What an account has turned over. */
  public record Account(String account, String currency, long debits, long credits) {}
}
