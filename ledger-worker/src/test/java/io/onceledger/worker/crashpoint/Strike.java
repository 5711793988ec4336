package io.onceledger.worker.crashpoint;

/** A fault at a boundary. */
record Strike(Boundary at, Kind kind) {

  @Override
  public String toString() {
    return at + ", " + kind.text();
  }
}
