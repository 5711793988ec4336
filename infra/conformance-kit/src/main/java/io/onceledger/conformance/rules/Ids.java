package io.onceledger.conformance.rules;

/** Ids that look like one that was given. */
final class Ids {
  private Ids() {}

  /** The same but for its last characters, which are drawn from its own. */
  static String neverGiven(String id) {
    int head = id.length() - 6;
    String reversed = new StringBuilder(id.substring(head)).reverse().toString();
    String other = id.substring(0, head) + reversed;
    // A palindrome, once in a million.
    return other.equals(id) ? id.substring(0, head) + "000000" : other;
  }
}
