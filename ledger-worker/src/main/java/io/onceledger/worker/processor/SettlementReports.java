package io.onceledger.worker.processor;

import io.onceledger.core.reconciliation.ReportSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fetches settlement reports. Blocks whoever reads, and holds a piece of the report at a time. A
 * report whose end cannot be told from a cut is refused: its length is announced, or it comes in
 * chunks; the client then reports one that ends early. One is read at a time.
 */
@Singleton
public final class SettlementReports implements ReportSource {

  /** Five million lines; more in one day is not a report. */
  static final long LARGEST = 1L << 30;

  private final HttpClient http;
  private final String base;
  private final Duration callTimeout;
  private final Duration stall;
  private final AtomicReference<InputStream> open = new AtomicReference<>();

  @Inject
  SettlementReports(ProcessorConfig config) {
    this(config.url(), config.callTimeout(), config.reportStall());
  }

  /**
   * Fetches from the processor at {@code url}.
   *
   * @param callTimeout until its first answer
   * @param stall between two pieces of the report
   */
  SettlementReports(URI url, Duration callTimeout, Duration stall) {
    this.base = url.toString().replaceFirst("/+$", "");
    this.callTimeout = callTimeout;
    this.stall = stall;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(callTimeout)
            .build();
  }

  @Override
  public InputStream open(LocalDate date) throws IOException {
    HttpResponse<InputStream> answer = get(URI.create(base + "/settlements/" + date));
    if (answer.statusCode() != 200 || !endsForCertain(answer)) {
      answer.body().close();
      throw new IOException(
          answer.statusCode() == 200
              ? "The report of %s has neither a length nor chunks: its end could be a cut"
                  .formatted(date)
              : "The processor answered %d for the report of %s"
                  .formatted(answer.statusCode(), date));
    }
    InputStream body = new WatchedStream(answer.body(), stall, LARGEST);
    open.set(body);
    return body;
  }

  /** Ends what is being read, if anything is: its reader gets an exception. */
  public void abort() throws IOException {
    InputStream reading = open.getAndSet(null);
    if (reading != null) {
      reading.close();
    }
  }

  private HttpResponse<InputStream> get(URI uri) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(callTimeout).header("Accept", "text/csv").build();
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Stopped").initCause(e);
    }
  }

  private static boolean endsForCertain(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Length").isPresent()
        || answer
            .headers()
            .firstValue("Transfer-Encoding")
            .filter(coding -> coding.equalsIgnoreCase("chunked"))
            .isPresent();
  }
}
