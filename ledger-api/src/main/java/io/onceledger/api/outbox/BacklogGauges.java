package io.onceledger.api.outbox;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onceledger.core.backlog.Backlog;
import io.onceledger.core.backlog.Backlog.Figures;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/**
 * Shows on the management port how long work has been waiting. Read when it is scraped, on a thread
 * that may block, by one statement for all gauges; NaN while the database does not say. Every API
 * process shows the same: take the maximum, not the sum.
 */
@Singleton
class BacklogGauges {

  private static final Logger LOG = Logger.getLogger(BacklogGauges.class);
  private static final String SECONDS = "seconds";

  private final Backlog backlog;
  private final Remembered<Figures> figures;

  BacklogGauges(Backlog backlog, BacklogConfig config) {
    this.backlog = backlog;
    this.figures = new Remembered<>(this::read, config.freshFor(), System::nanoTime);
  }

  void register(@Observes StartupEvent event, MeterRegistry meters) {
    Backlog.OPEN.forEach(
        status ->
            gauge("ledger.charge.oldest.age", now -> now.statusAge().get(status))
                .baseUnit(SECONDS)
                .tag("status", status.text())
                .description("How long a charge or refund has been in this open status, at most")
                .register(meters));
    gauge("ledger.review.open", Figures::openReviews)
        .description("Reviews that wait for a person")
        .register(meters);
    gauge("ledger.review.oldest.age", Figures::reviewAge).baseUnit(SECONDS).register(meters);
    gauge("ledger.outbox.depth", Figures::outboxDepth)
        .description("Messages, parked ones included")
        .register(meters);
    gauge("ledger.outbox.oldest.age", Figures::outboxAge)
        .baseUnit(SECONDS)
        .description("Of the oldest message that is not parked")
        .register(meters);
    gauge("ledger.outbox.parked", Figures::outboxParked)
        .description("Messages that wait for a person")
        .register(meters);
    // None is ever taken away: a counter, which says so by its name.
    FunctionCounter.builder("ledger.inbox.mismatches", this, BacklogGauges::mismatches)
        .description("Notifications that contradicted what is known, ever")
        .register(meters);
    gauge("ledger.dispute.waiting", Figures::waitingDisputes)
        .description("Disputes without their opening, or of a charge that has not succeeded")
        .register(meters);
  }

  private double mismatches() {
    return figures.get().map(now -> (double) now.mismatches()).orElse(Double.NaN);
  }

  private Gauge.Builder<?> gauge(String name, ToLongFunction<Figures> figure) {
    return Gauge.builder(
        name, () -> figures.get().<Number>map(figure::applyAsLong).orElse(Double.NaN));
  }

  private Optional<Figures> read() {
    try {
      return Optional.of(backlog.read());
    } catch (SQLException e) {
      LOG.warnf("The backlog cannot be read: %s", e.getMessage());
      return Optional.empty();
    }
  }
}
