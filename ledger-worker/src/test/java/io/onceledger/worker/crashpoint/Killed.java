package io.onceledger.worker.crashpoint;

/** Unwinds a thread of a process that has ended; an Error, because nothing may recover from it. */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  Killed(String process) {
    super(process + " was killed", null, false, false);
  }
}
