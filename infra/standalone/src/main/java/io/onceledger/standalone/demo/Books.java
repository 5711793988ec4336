package io.onceledger.standalone.demo;

import io.onceledger.standalone.demo.Evidence.Account;
import io.onceledger.standalone.demo.Evidence.Charge;
import io.onceledger.standalone.demo.Evidence.Entry;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The books in one currency, in minor units.
 *
 * @param debits of all accounts of the merchant, and so are the credits
 * @param posted by the entries of the run's charges that move the charge itself (not its fee)
 * @param succeeded the sum of the run's charges that succeeded
 */
record Books(
    String currency,
    BigInteger debits,
    BigInteger credits,
    BigInteger posted,
    BigInteger succeeded) {

  static List<Books> of(Evidence evidence) {
    Set<String> currencies = new TreeSet<>();
    evidence.accounts().forEach(account -> currencies.add(account.currency()));
    evidence.entries().forEach(entry -> currencies.add(entry.currency()));
    evidence.charges().values().forEach(charge -> currencies.add(charge.currency()));
    return currencies.stream().map(currency -> of(currency, evidence)).toList();
  }

  private static Books of(String currency, Evidence evidence) {
    List<Account> accounts =
        evidence.accounts().stream().filter(one -> one.currency().equals(currency)).toList();
    return new Books(
        currency,
        sum(accounts.stream(), Account::debits),
        sum(accounts.stream(), Account::credits),
        sum(
            evidence.entries().stream()
                .filter(entry -> entry.currency().equals(currency))
                .filter(entry -> entry.kind().equals("charge")),
            Entry::amount),
        sum(
            evidence.charges().values().stream()
                .filter(charge -> charge.currency().equals(currency))
                .filter(charge -> charge.status().equals("succeeded")),
            Charge::amount));
  }

  private static <T> BigInteger sum(Stream<T> items, ToLongFunction<T> amount) {
    return items
        .map(item -> BigInteger.valueOf(amount.applyAsLong(item)))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
