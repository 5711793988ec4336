package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers deliveries while a commit is under way, and writes them together with the next one. */
final class Api {

  private record Waiting(ChargeDelivery delivery, Consumer<Acceptance<ChargeReceipt>> answer) {}

  private final World world;
  private final String name;
  private List<Waiting> queue = new ArrayList<>();

  Api(World world, int number) {
    this.world = world;
    this.name = "api-" + number;
  }

  /** Accepts a delivery; {@code answer} may never hear of it. */
  void submit(ChargeDelivery delivery, Consumer<Acceptance<ChargeReceipt>> answer) {
    if (!world.decisions.acknowledgesAfterCommit()) {
      answer.accept(new Executed<>(receipt(delivery)));
    }
    if (queue.isEmpty()) {
      world.schedule.in(world.chance.between(1, 10), this::commit);
    }
    queue.add(new Waiting(delivery, answer));
  }

  private void commit() {
    List<Waiting> batch = queue;
    queue = new ArrayList<>();
    if (world.chance.strikes(Fault.API_CRASH_BEFORE_COMMIT)) {
      world.schedule.tell(() -> name + ": crashes before the commit of " + batch.size());
      return;
    }
    List<ChargeDelivery> deliveries = batch.stream().map(Waiting::delivery).toList();
    List<Acceptance<ChargeReceipt>> acceptances = world.store.accept(deliveries);
    if (world.chance.strikes(Fault.ACCEPT_COMMIT_UNKNOWN)) {
      acceptances = world.store.accept(deliveries);
    }
    List<Acceptance<ChargeReceipt>> answers = acceptances;
    world.schedule.tell(() -> name + ": commits " + answers.stream().map(Api::text).toList());
    if (world.chance.strikes(Fault.API_CRASH_AFTER_COMMIT)) {
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer().accept(answers.get(i));
    }
  }

  private static String text(Acceptance<ChargeReceipt> acceptance) {
    String what = acceptance.getClass().getSimpleName();
    return acceptance instanceof Executed<ChargeReceipt> executed
        ? what + " " + executed.receipt().key() + " " + executed.receipt().resource().id()
        : what;
  }

  private ChargeReceipt receipt(ChargeDelivery delivery) {
    return new ChargeReceipt(
        ChargeReceipt.VERSION,
        Resource.charge(delivery.merchant().id(), delivery.proposedId()),
        delivery.key(),
        delivery.request(),
        world.clock.database());
  }
}
