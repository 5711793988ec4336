package io.onceledger.standalone;

/** What the launcher says to the person in front of it. After a failure it is silent. */
final class Console {
  private static boolean failed;

  private Console() {}

  static synchronized void say(String line) {
    if (!failed) {
      System.out.println(line);
    }
  }

  /** The last words: one line that nothing may push out of sight. */
  static synchronized void fail(String line) {
    failed = true;
    System.err.println(line);
  }
}
