package io.onceledger.simulation;

import static io.onceledger.simulation.Violation.require;

import io.onceledger.core.charge.Status;
import io.onceledger.core.ledger.Posting;
import io.onceledger.core.ledger.Postings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds the entries up itself, and compares. */
final class Audit {

  private final World world;
  private final Map<Books.Name, Books.Sums> sums = new TreeMap<>();
  private int entriesSeen;

  Audit(World world) {
    this.world = world;
  }

  /** Whatever was posted since the last time, and all sums. */
  void check() {
    List<Posting> entries = world.memory.books().entries();
    for (; entriesSeen < entries.size(); entriesSeen++) {
      Posting entry = entries.get(entriesSeen);
      Books.add(sums, entry);
      ChargeRow charge = world.memory.charges().get(entry.charge());
      require(
          charge.status == Status.SUCCEEDED
              && Postings.chargeSucceeded(charge.locked().charge()).contains(entry),
          "only what has succeeded is booked, as it is worth",
          entry);
    }
    require(sums.equals(world.memory.books().balances()), "balances are the sums of entries", sums);
    Books.Sums all =
        world.memory.books().balances().values().stream()
            .reduce(new Books.Sums(0, 0), Books.Sums::plus);
    require(all.debits() == all.credits(), "debits equal credits", all);
  }

  /** At the end: all that has succeeded is booked, and once. */
  void checkEnd() {
    long worth =
        world.memory.charges().values().stream()
            .filter(charge -> charge.status == Status.SUCCEEDED)
            .mapToLong(charge -> Postings.chargeSucceeded(charge.locked().charge()).size())
            .sum();
    require(worth == entriesSeen, "all that has succeeded is booked once", worth);
  }
}
