package io.onceledger.worker.crashpoint;

import static io.onceledger.worker.crashpoint.Kind.CRASH;
import static io.onceledger.worker.crashpoint.Kind.DISCONNECT;
import static io.onceledger.worker.crashpoint.Stage.ACCEPT;
import static io.onceledger.worker.crashpoint.Stage.CLAIM;
import static io.onceledger.worker.crashpoint.Stage.RECORD;
import static io.onceledger.worker.crashpoint.Stage.SEND;

import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.util.List;
import java.util.Set;

/**
 * A way of a charge, by what happens to it in any case.
 *
 * @param caches what the processor promises, and keeps
 * @param before what happens to it in any case
 * @param stages whose boundaries are struck
 */
record Walk(String text, Caches caches, List<Strike> before, Set<Stage> stages) {

  private static final Set<Stage> EVERYWHERE = Set.of(Stage.values());

  private static final Strike SEND_LOST =
      new Strike(new Boundary(SEND, 1, Points.ARRIVED), DISCONNECT);
  private static final Strike API_LOST =
      new Strike(new Boundary(ACCEPT, 1, Points.BEFORE_COMMIT), CRASH);
  private static final Strike WORKER_LOST = new Strike(new Boundary(SEND, 1, Points.ACTED), CRASH);

  /** In each, attempts are others: the first, one after a look-up, one of a message taken over. */
  static final List<Walk> ALL =
      List.of(
          new Walk("nothing else goes wrong", Caches.SUCCESSES, List.of(), EVERYWHERE),
          new Walk(
              "the first send was lost",
              Caches.SUCCESSES,
              List.of(SEND_LOST),
              Set.of(CLAIM, SEND, RECORD)),
          new Walk(
              "the first API and the first worker were lost",
              Caches.SUCCESSES,
              List.of(API_LOST, WORKER_LOST),
              EVERYWHERE),
          new Walk(
              "the first send was lost, and every answer is pinned",
              Caches.ALL,
              List.of(SEND_LOST),
              // The profile makes no difference to the database.
              Set.of(SEND)));
}
