package io.onceledger.conformance.rules;

/**
 * A row of a table of bodies.
 *
 * @param what the row is about, for the report
 * @param pointer at the field that is wrong or differs; empty where there is none
 */
record Case(String what, String body, String pointer) {

  static Case of(String what, String body) {
    return new Case(what, body, "");
  }

  /** The good charge with one member that is {@code value}, which is JSON. */
  static Case member(String name, String value) {
    return new Case(name + " " + value, ChargeJson.with(name, value), "/" + name);
  }

  @Override
  public String toString() {
    return what.length() <= 60 ? what : what.substring(0, 60) + "…";
  }
}
