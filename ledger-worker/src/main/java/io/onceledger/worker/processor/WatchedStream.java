package io.onceledger.worker.processor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stream that does not make its reader wait for ever, nor read for ever. The client's own stream
 * waits without a bound; to close it from another thread ends the waiting.
 */
final class WatchedStream extends FilterInputStream {

  private final Duration stall;
  private final long largest;
  private long length;
  private volatile boolean stalled;

  /**
   * Watches {@code body}.
   *
   * @param stall how long one read may take
   * @param largest how many bytes may come
   */
  WatchedStream(InputStream body, Duration stall, long largest) {
    super(body);
    this.stall = stall;
    this.largest = largest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    CompletableFuture<Void> patience = new CompletableFuture<>();
    CompletableFuture<?> unused =
        patience
            .orTimeout(stall.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, timeout) -> endIf(timeout != null));
    try {
      int read = super.read(bytes, offset, count);
      length += Math.max(0, read);
      if (length > largest) {
        throw new IOException("The report does not end");
      }
      return read;
    } catch (IOException e) {
      throw stalled ? new IOException("The report stalled for " + stall, e) : e;
    } finally {
      patience.complete(null);
    }
  }

  private void endIf(boolean late) {
    if (late) {
      stalled = true;
      try {
        close();
      } catch (IOException e) {
        // Whoever reads finds out.
      }
    }
  }
}
