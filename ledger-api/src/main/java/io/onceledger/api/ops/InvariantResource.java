package io.onceledger.api.ops;

import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.core.invariant.Invariants;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What must always be true: as the workers have checked it, or checked now when none of them does.
 */
@Path("/v1/ops/invariants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class InvariantResource {

  private final Invariants invariants;

  InvariantResource(Invariants invariants) {
    this.invariants = invariants;
  }

  @GET
  @Blocking
  @Operation(
      operationId = "getInvariants",
      summary = "What is wrong now",
      description =
          "Healthy is: no violations. At most 1,000 of each kind are listed. Checked all the time:"
              + " what was booked lately at checked_at, everything in turn, and what was wrong at"
              + " swept_at is listed however old it is.")
  @APIResponse(responseCode = "200", description = "Every rule, and what breaks it")
  public Invariants.Report check() throws SQLException {
    return invariants.read();
  }
}
