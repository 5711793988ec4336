package io.onceledger.worker.outbox;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the outbox can be read: the schema is there, and the database answers. */
@Readiness
class ClaimingCheck implements HealthCheck {

  private final Dispatcher dispatcher;

  ClaimingCheck(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("The outbox is worked off")
        .status(dispatcher.isClaiming())
        .build();
  }
}
