package io.onceledger.standalone.chaos;

import java.util.Map;

/** A named misfortune, and what must hold afterwards. */
interface Scenario {

  /** What the processes are told besides where everything is: {@code LEDGER_…}. */
  Map<String, String> settings();

  /** Plays it on a stack that has just become ready. */
  Verdict play(Arena arena);
}
