package io.onceledger.standalone.chaos;

import io.onceledger.standalone.demo.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** New orders, each with a key of its own: the same from the same seed. */
final class Orders {
  private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY");
  private static final long MOST = 100_000;

  private final long seed;
  private final SplittableRandom random;
  private final List<Order> all = new ArrayList<>();

  Orders(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  List<Order> next(int count) {
    int before = all.size();
    for (int i = 0; i < count; i++) {
      all.add(
          new Order(
              "chaos-" + seed + "-" + all.size(),
              random.nextLong(1, MOST + 1),
              CURRENCIES.get(random.nextInt(CURRENCIES.size())),
              "pm_card_visa",
              ""));
    }
    return List.copyOf(all.subList(before, all.size()));
  }

  /** The same key for something else. */
  static Order altered(Order order) {
    return new Order(
        order.idempotencyKey(),
        order.amount() + 1,
        order.currency(),
        order.paymentMethod(),
        order.description());
  }

  List<Order> all() {
    return List.copyOf(all);
  }
}
