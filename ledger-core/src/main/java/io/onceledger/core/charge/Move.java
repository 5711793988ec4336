package io.onceledger.core.charge;

import java.util.List;

/**
 * A way of one charge along the table of statuses, one event for each step.
 *
 * @param path the statuses it takes on, in order; at least one
 * @param declineCode null unless the last is declined
 * @param processorPayment null unless the processor named one
 */
public record Move(
    LockedCharge charge, List<Status> path, String declineCode, String processorPayment) {

  /** Refuses a path that is not one of the table's. */
  public Move {
    path = List.copyOf(path);
    Status from = charge.status();
    for (Status to : path) {
      if (!from.canBecome(to)) {
        throw new IllegalArgumentException(from + " cannot become " + to);
      }
      from = to;
    }
  }

  /** Where it ends. */
  public Status last() {
    return path.get(path.size() - 1);
  }
}
