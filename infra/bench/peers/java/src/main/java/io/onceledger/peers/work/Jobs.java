package io.onceledger.peers.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** What a job does: the same three kinds for every peer. */
final class Jobs {
  /** Long enough for a kill to strike in the middle. */
  private static final long SLOW_MILLIS = 8000;

  private final String processor;
  private final Report report;

  Jobs(String processor, Report report) {
    this.processor = processor;
    this.report = report;
    // Every thread keeps its connection; the default keeps five for all.
    System.setProperty("http.maxConnections", "1024");
  }

  void run(Job job) {
    long latency = System.currentTimeMillis() - job.at();
    switch (job.kind()) {
      case "noop" -> {}
      case "processor" -> call(job.id());
      case "slow" -> sleep(job.id());
      default -> throw new IllegalArgumentException(job.kind());
    }
    report.executed(latency);
  }

  /**
   * With the oldest client of the JDK: the others cost more CPU per call, and two cores are few.
   */
  private void call(long id) {
    try {
      HttpURLConnection call = (HttpURLConnection) new URL(processor).openConnection();
      call.setRequestMethod("POST");
      call.setDoOutput(true);
      call.getOutputStream().write(Long.toString(id).getBytes(StandardCharsets.US_ASCII));
      try (InputStream body = call.getInputStream()) { // throws at a status of 400 and above
        body.readAllBytes();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void sleep(long id) {
    report.started(id);
    try {
      Thread.sleep(SLOW_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
    report.finished(id);
  }
}
