package io.onceledger.api.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Asks a processor that keeps a journal for its summary: the mock does, real ones do not. Blocks
 * for two seconds at most, and outside any transaction.
 */
@ApplicationScoped
class ProcessorJournal {

  private static final Logger LOG = Logger.getLogger(ProcessorJournal.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String SOURCE = "journal";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Optional<URI> journal;
  private final ObjectMapper json;
  private final Clock clock;

  ProcessorJournal(
      @ConfigProperty(name = "ledger.processor.journal-url") Optional<URI> journal,
      ObjectMapper json) {
    this.journal = journal;
    this.json = json;
    this.clock = Clock.systemUTC();
  }

  /** Its figures now; null when there is no journal, or none that answers. */
  ProcessorFigures read() throws InterruptedException {
    if (journal.isEmpty()) {
      return null;
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(journal.get() + "/journal/summary")).build();
    try {
      HttpResponse<byte[]> answer =
          http.sendAsync(request, BodyHandlers.ofByteArray())
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      JsonNode summary = json.readTree(answer.body());
      return new ProcessorFigures(
          summary.required("requests").longValue(),
          summary.required("effects").longValue(),
          summary.required("absorbed").longValue(),
          SOURCE,
          clock.instant(),
          summary.required("double_effects").longValue());
    } catch (IOException | ExecutionException | TimeoutException | IllegalArgumentException e) {
      LOG.warnf("The processor's journal cannot be read: %s", e.getMessage());
      return null;
    }
  }
}
