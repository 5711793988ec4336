package io.onceledger.core.settlement;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a report one piece ahead of who writes it, on a thread of its own: the network and the
 * database work at the same time. Memory holds two pieces. For one caller; who closes it before the
 * end closes the file, too, which ends a read that is under way.
 */
final class LinesAhead implements AutoCloseable {

  private final SettlementReport report;
  private final int limit;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          read -> {
            Thread reader = new Thread(read, "settlement-report");
            reader.setDaemon(true);
            return reader;
          });
  private Future<List<ReportLine>> ahead;

  /** Begins to read. */
  LinesAhead(SettlementReport report, int limit) {
    this.report = report;
    this.limit = limit;
    this.ahead = read();
  }

  /**
   * The next lines; none at the end.
   *
   * @throws IOException as {@link SettlementReport#next} does, after all lines that came before
   */
  List<ReportLine> next() throws IOException {
    try {
      List<ReportLine> lines = ahead.get();
      if (!lines.isEmpty()) {
        ahead = read();
      }
      return lines;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading a report");
    }
  }

  private Future<List<ReportLine>> read() {
    return thread.submit(() -> report.next(limit));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
