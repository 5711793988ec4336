package io.onceledger.standalone.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** Waits until charges are final, by asking which are not: cheaper than asking each of them. */
public final class Settlement {
  /**
   * In the order in which a charge passes through them, and so asked in this order: one that moves
   * on between two questions is seen by the second.
   */
  private static final List<String> MOVING = List.of("pending", "unknown");

  private static final long POLL_MILLIS = 300;

  private final LedgerApi api;
  private final Patience asking;
  private final Patience moving;

  /**
   * @param asking for answers
   * @param moving for charges to become final
   */
  public Settlement(LedgerApi api, Patience asking, Patience moving) {
    this.api = api;
    this.asking = asking;
    this.moving = moving;
  }

  /**
   * Returns when none of the charges can change by itself any more (each is final, or waits for a
   * person), or when none of those that are open has moved for too long.
   *
   * @param open told how many are not there yet
   */
  public void await(Set<String> charges, IntConsumer open) {
    Set<String> before = Set.of();
    while (true) {
      Set<String> now = open(charges);
      open.accept(now.size());
      if (now.isEmpty()) {
        return;
      }
      if (!now.equals(before)) {
        moving.progress();
        before = now;
      }
      if (moving.exhausted()) {
        return;
      }
      Patience.sleep(POLL_MILLIS);
    }
  }

  private Set<String> open(Set<String> charges) {
    Set<String> open = new HashSet<>();
    for (String status : MOVING) {
      open.addAll(api.charges(status, asking));
    }
    open.retainAll(charges);
    return open;
  }
}
