package io.onceledger.mockprocessor.journal;

import java.io.IOException;

/** Walks through the lines of a piece of the journal. */
public final class Lines {
  private Lines() {}

  /** Gets one line, without its line feed. */
  public interface Visitor {
    void line(byte[] bytes, int from, int length) throws IOException;
  }

  /** Visits every line that ends in a line feed. */
  public static void forEach(byte[] piece, Visitor visitor) throws IOException {
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        visitor.line(piece, from, i - from);
        from = i + 1;
      }
    }
  }
}
