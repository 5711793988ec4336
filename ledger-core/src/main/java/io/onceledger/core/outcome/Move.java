package io.onceledger.core.outcome;

import io.onceledger.core.charge.Status;
import java.util.List;

/**
 * A way of one charge or refund along the table of statuses, one event for each step.
 *
 * @param path the statuses it takes on, in order; at least one
 * @param declineCode null unless the last is declined
 * @param processorId the processor's own id of the payment or refund; null unless it named one
 */
public record Move(Locked of, List<Status> path, String declineCode, String processorId) {

  /** Refuses a path that is not one of the table's. */
  public Move {
    path = List.copyOf(path);
    Status from = of.status();
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
