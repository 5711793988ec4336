package io.onceledger.worker.crashpoint;

import java.util.Locale;

/** What happens to a process at a boundary. */
enum Kind {
  /** It ends as by kill -9: its sessions are gone, and so is all that it had in mind. */
  CRASH,
  /**
   * It stops, and goes on when others have finished its work. A transaction that it has open
   * meanwhile is ended by the server, as {@code idle_in_transaction_session_timeout} does.
   */
  HANG,
  /** The connection that it uses there is cut; the process lives. */
  DISCONNECT,
  /** Something throws there; process and connection live. At the processor: a 500. */
  EXCEPTION;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
