package io.onceledger.api.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onceledger.api.outbox.BacklogConfig;
import io.onceledger.api.outbox.Remembered;
import io.onceledger.core.reconciliation.DifferenceKind;
import io.onceledger.core.reconciliation.Differences;
import io.onceledger.core.reconciliation.Differences.Backlog;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/**
 * Shows on the management port what reports and books differ in, by kind: how much, and since when.
 * Read as {@link io.onceledger.api.outbox.BacklogConfig} says; every API process shows the same.
 */
@Singleton
class DifferenceGauges {

  private static final Logger LOG = Logger.getLogger(DifferenceGauges.class);

  private final Differences differences;
  private final Remembered<Map<DifferenceKind, Backlog>> figures;

  DifferenceGauges(Differences differences, BacklogConfig config) {
    this.differences = differences;
    this.figures = new Remembered<>(this::read, config.freshFor(), System::nanoTime);
  }

  void register(@Observes StartupEvent event, MeterRegistry meters) {
    for (DifferenceKind kind : DifferenceKind.values()) {
      gauge("ledger.reconciliation.difference.open", kind, Backlog::open)
          .description("Differences that are neither gone nor explained")
          .register(meters);
      gauge("ledger.reconciliation.difference.oldest.age", kind, Backlog::age)
          .baseUnit("seconds")
          .register(meters);
    }
  }

  private Gauge.Builder<?> gauge(String name, DifferenceKind kind, ToLongFunction<Backlog> figure) {
    return Gauge.builder(
            name,
            () ->
                figures
                    .get()
                    .<Number>map(now -> figure.applyAsLong(now.get(kind)))
                    .orElse(Double.NaN))
        .tag("kind", kind.text());
  }

  private Optional<Map<DifferenceKind, Backlog>> read() {
    try {
      return Optional.of(differences.backlog());
    } catch (SQLException e) {
      LOG.warnf("The open differences cannot be read: %s", e.getMessage());
      return Optional.empty();
    }
  }
}
