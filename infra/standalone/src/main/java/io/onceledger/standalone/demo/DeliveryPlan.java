package io.onceledger.standalone.demo;

import io.onceledger.standalone.demo.Delivery.Manner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who is delivered how, and in which order: the orders as the file has them, 15 % of them twice.
 * The same orders and seed make the same plan.
 */
public record DeliveryPlan(List<Delivery> deliveries) {
  private static final int DUPLICATE_PERCENT = 15;

  private static final List<Manner> DUPLICATE_MANNERS =
      List.of(Manner.TWICE_AT_ONCE, Manner.HUNG_UP, Manner.ANSWER_UNREAD, Manner.LATE_REPEAT);

  public DeliveryPlan {
    deliveries = List.copyOf(deliveries);
  }

  public static DeliveryPlan of(List<Order> orders, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int duplicates = duplicates(orders.size());
    List<Placed> plan = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      // Chosen so that exactly as many as wanted are duplicated, each order with equal chance.
      if (random.nextInt(orders.size() - i) >= duplicates) {
        plan.add(new Placed(i, new Delivery(orders.get(i), Manner.ONCE)));
        continue;
      }
      // In turn, so that a short file, too, has each of them.
      Manner manner = DUPLICATE_MANNERS.get(--duplicates % DUPLICATE_MANNERS.size());
      if (manner == Manner.LATE_REPEAT) {
        plan.add(new Placed(i, new Delivery(orders.get(i), Manner.ONCE)));
        double later = i + random.nextDouble() * (orders.size() - i);
        plan.add(new Placed(later, new Delivery(orders.get(i), Manner.LATE_REPEAT)));
      } else {
        plan.add(new Placed(i, new Delivery(orders.get(i), manner)));
      }
    }
    // Stable: a repeat that falls on the place of its first delivery stays behind it.
    plan.sort(Comparator.comparingDouble(Placed::place));
    return new DeliveryPlan(plan.stream().map(Placed::delivery).toList());
  }

  /** Rounded up, so that even one order is delivered twice. */
  static int duplicates(int orders) {
    return (orders * DUPLICATE_PERCENT + 99) / 100;
  }

  /** How many requests it takes if none has to be repeated because of its answer. */
  int requests() {
    return deliveries.stream().mapToInt(delivery -> delivery.manner().requests()).sum();
  }

  private record Placed(double place, Delivery delivery) {}
}
