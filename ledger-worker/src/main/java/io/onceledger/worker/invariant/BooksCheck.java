package io.onceledger.worker.invariant;

import io.onceledger.core.invariant.Invariants.Check;
import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Down while a rule is broken, at {@code /q/health/well} only: a worker that is taken out of
 * service because the books are wrong makes nothing right.
 */
@Wellness
class BooksCheck implements HealthCheck {

  private final Examiner examiner;

  BooksCheck(Examiner examiner) {
    this.examiner = examiner;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("The books are right").status(examiner.broken().isEmpty());
    for (Check check : examiner.broken()) {
      response.withData(check.name(), check.violations());
    }
    return response.build();
  }
}
