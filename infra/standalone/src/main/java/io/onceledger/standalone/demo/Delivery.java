package io.onceledger.standalone.demo;

/** An order and how it is delivered. Every manner goes on until the order is answered. */
public record Delivery(Order order, Manner manner) {

  public enum Manner {
    /** As it should be. */
    ONCE(1),
    /** Once more, some time after the first. */
    LATE_REPEAT(1),
    /** By two connections at the same moment: a double click. */
    TWICE_AT_ONCE(2),
    /** Sent, hung up without waiting for the answer, then sent again. */
    HUNG_UP(2),
    /**
     * Sent, hung up when the answer began to arrive, then sent again: it certainly was accepted.
     */
    ANSWER_UNREAD(2);

    private final int requests;

    Manner(int requests) {
      this.requests = requests;
    }

    /** How many requests it sends if the first answer to each is not "try again". */
    int requests() {
      return requests;
    }
  }
}
