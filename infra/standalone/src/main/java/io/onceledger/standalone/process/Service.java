package io.onceledger.standalone.process;

/** Something with a process that can be started any number of times, one after the other. */
public interface Service {
  /** The name of its pid file and log. */
  String name();

  /** Where it is reached, for the person who started it. */
  String where();

  /**
   * Starts its process and returns at once or when it works, as it likes.
   *
   * @throws RefusedException if there is no process
   */
  Instance start();
}
