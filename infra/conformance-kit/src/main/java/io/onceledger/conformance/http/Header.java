package io.onceledger.conformance.http;

/** One header line. */
record Header(String name, String value) {
  @Override
  public String toString() {
    // The key of a caller is nobody's business, a report's least of all.
    return name.equalsIgnoreCase("Authorization") ? name + ": …" : name + ": " + value;
  }
}
