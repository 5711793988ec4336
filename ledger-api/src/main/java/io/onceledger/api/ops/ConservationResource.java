package io.onceledger.api.ops;

import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.core.invariant.Conservation;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether all that came in is accounted for. */
@Path("/v1/ops/conservation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class ConservationResource {

  private final Conservation conservation;
  private final ProcessorJournal journal;

  ConservationResource(Conservation conservation, ProcessorJournal journal) {
    this.conservation = conservation;
    this.journal = journal;
  }

  @GET
  @Blocking
  @Operation(
      operationId = "getConservation",
      summary = "Deliveries against what became of them",
      description = "deliveries = executed + replayed + mismatched, at every instant.")
  @APIResponse(responseCode = "200", description = "The counts at one instant")
  public ConservationView read() throws SQLException, InterruptedException {
    return ConservationView.of(conservation.read(), journal.read());
  }
}
