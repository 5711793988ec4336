package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Result;
import java.util.Optional;

/** What the caller gets to see of a request for money. */
public sealed interface Reply {

  /** The HTTP status, 0 if nothing is answered. */
  int status();

  /** A result: 201 for the first, 200 for a repeat. */
  record Answer(int status, Result result) implements Reply {}

  /** An error with a body that says which. */
  record Problem(int status, String code, String message) implements Reply {}

  /** A 200 that cannot be read. */
  record Garbage() implements Reply {
    @Override
    public int status() {
      return 200;
    }
  }

  /** The connection closes without an answer. */
  record HangUp() implements Reply {
    @Override
    public int status() {
      return 0;
    }
  }

  /**
   * Nothing for a while, then the connection closes.
   *
   * @param held what to finish before that; empty if the request is lost
   */
  record HangUpLater(int afterMs, Optional<Attempt> held) implements Reply {
    @Override
    public int status() {
      return 0;
    }
  }
}
