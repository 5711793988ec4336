package io.onceledger.worker.crashpoint;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.idempotency.Acceptance;
import java.util.concurrent.CompletableFuture;

/** A process that accepts charges: the part of the API that touches the database. */
final class ApiProcess implements AutoCloseable {

  private final Life life;
  private final GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> accept;

  ApiProcess(Life life, World world) {
    this.life = life;
    TappedDatabase database = new TappedDatabase(life, world, () -> Stage.ACCEPT);
    this.accept =
        new GroupCommit<>("accept", 1, 10, 10, new ChargeAcceptance(database.dataSource()));
  }

  Life life() {
    return life;
  }

  /** Hands a delivery over; completes when it is answered. */
  CompletableFuture<Acceptance<ChargeReceipt>> submit(ChargeDelivery delivery) {
    return accept.submit(delivery).toCompletableFuture();
  }

  @Override
  public void close() {
    accept.close();
  }
}
