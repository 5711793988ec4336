package io.onceledger.bench.scenario;

import io.onceledger.bench.rig.Database;

/** A transaction that has looked at the outbox and does not end: nothing it could see can go. */
final class HeldSnapshot {
  private HeldSnapshot() {}

  static void hold(Trial trial, int seconds) {
    try (Database database = trial.rig().database().another()) {
      database.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
      database.open();
      Trial.sleep(seconds * 1_000L);
      database.run("COMMIT");
    }
  }
}
