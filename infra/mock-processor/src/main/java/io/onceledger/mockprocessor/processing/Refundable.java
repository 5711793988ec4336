package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Resource;
import java.util.Arrays;
import java.util.Optional;

/**
 * What each payment has left to be refunded. Kept for good, in columns by number: sixteen bytes a
 * payment, where objects in a map would take a hundred.
 */
final class Refundable {
  private static final int INITIAL_CAPACITY = 1 << 10;

  private long firstNumber = -1;
  private String[] merchantAccounts = new String[INITIAL_CAPACITY];
  private String[] currencies = new String[INITIAL_CAPACITY];
  private long[] left = new long[INITIAL_CAPACITY];

  /** Adds an approved payment. Numbers come in ascending order, with few gaps. */
  void add(long number, Instruction payment) {
    if (firstNumber < 0) {
      firstNumber = number;
    }
    int place = Math.toIntExact(number - firstNumber);
    if (place >= left.length) {
      int capacity = Math.max(place + 1, left.length + left.length / 2);
      merchantAccounts = Arrays.copyOf(merchantAccounts, capacity);
      currencies = Arrays.copyOf(currencies, capacity);
      left = Arrays.copyOf(left, capacity);
    }
    merchantAccounts[place] = payment.key().merchantAccount();
    currencies[place] = payment.currency();
    left[place] = payment.amount();
  }

  /** Takes a refund that {@link #objection} has nothing against. */
  void take(Instruction refund) {
    left[place(refund.source())] -= refund.amount();
  }

  /** Why an instruction cannot be carried out; payments always can. */
  Optional<Reply.Problem> objection(Instruction asked) {
    if (asked.resource() == Resource.PAYMENT) {
      return Optional.empty();
    }
    int place = place(asked.source());
    if (place < 0 || !asked.key().merchantAccount().equals(merchantAccounts[place])) {
      return problem("unknown_payment", "this merchant account has no such approved payment");
    }
    if (!asked.currency().equals(currencies[place])) {
      return problem("currency_mismatch", "the payment is in " + currencies[place]);
    }
    if (asked.amount() > left[place]) {
      return problem("refund_exceeds_payment", "the payment has " + left[place] + " left");
    }
    return Optional.empty();
  }

  private int place(String payment) {
    long number = Resource.PAYMENT.number(payment);
    boolean known = firstNumber >= 0 && number >= firstNumber && number - firstNumber < left.length;
    return known ? (int) (number - firstNumber) : -1;
  }

  private static Optional<Reply.Problem> problem(String code, String message) {
    return Optional.of(new Reply.Problem(422, code, message));
  }
}
