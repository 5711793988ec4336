package io.onceledger.core.reconciliation;

/** Somebody else has taken the run over: whoever gets this writes nothing more of it. */
public final class RunLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunLostException(ClaimedRun run) {
    super("The run of %s was taken over".formatted(run.date()), null, false, false);
  }
}
