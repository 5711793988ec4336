package io.onceledger.simulation;

import static io.onceledger.simulation.Violation.require;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Mismatched;
import io.onceledger.core.idempotency.Acceptance.Refused;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** All that clients were ever told, and whether it agrees with itself and with the database. */
final class Receipts {

  private final World world;
  private final Map<MemoryStore.Name, ChargeReceipt> receipts = new HashMap<>();

  Receipts(World world) {
    this.world = world;
  }

  /** A client is told what its delivery was. */
  void acknowledged(ChargeDelivery delivery, Acceptance<ChargeReceipt> acceptance) {
    MemoryStore.Name name = new MemoryStore.Name(delivery.merchant().id(), delivery.key());
    if (acceptance instanceof Executed<ChargeReceipt> executed) {
      acknowledged(name, delivery, executed.receipt());
    } else if (acceptance instanceof Replayed<ChargeReceipt> replayed) {
      boolean atOnce =
          Duration.between(replayed.receipt().createdAt(), world.clock.database()).toMillis() < 100;
      world.see(atOnce ? Sight.SAME_KEY_CONFLICT : Sight.REPLAYED);
      acknowledged(name, delivery, replayed.receipt());
    } else if (acceptance instanceof Mismatched<ChargeReceipt> mismatched) {
      world.see(Sight.OTHER_BODY_REFUSED);
      ChargeRow charge = world.memory.charges().get(mismatched.first());
      require(
          charge != null && !charge.accepted.request().equals(delivery.request()),
          "only another body is refused under a used key",
          delivery);
    } else if (acceptance instanceof Refused) {
      world.see(Sight.CURRENCY_REFUSED);
    }
  }

  private void acknowledged(MemoryStore.Name name, ChargeDelivery delivery, ChargeReceipt receipt) {
    ChargeReceipt first = receipts.putIfAbsent(name, receipt);
    require(first == null || first.equals(receipt), "all receipts of a key are equal", receipt);
    require(
        receipt.request().equals(delivery.request()), "another body is never executed", delivery);
    require(
        world.memory.charges().containsKey(receipt.resource().id()),
        "what is acknowledged is committed",
        receipt);
  }
}
