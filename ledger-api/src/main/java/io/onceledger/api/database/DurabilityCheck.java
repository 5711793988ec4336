package io.onceledger.api.database;

import io.agroal.api.AgroalDataSource;
import io.onceledger.core.database.Durability;
import io.quarkus.agroal.DataSource;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the database would acknowledge what it may lose. */
@Readiness
class DurabilityCheck implements HealthCheck {

  private final AgroalDataSource writer;

  DurabilityCheck(@DataSource("writer") AgroalDataSource writer) {
    this.writer = writer;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("The database keeps what it acknowledges");
    try {
      List<String> off = Durability.missing(writer);
      off.forEach(setting -> response.withData(setting, "off: switch it on"));
      return response.status(off.isEmpty()).build();
    } catch (SQLException e) {
      return response.down().withData("reason", "the database does not answer").build();
    }
  }
}
