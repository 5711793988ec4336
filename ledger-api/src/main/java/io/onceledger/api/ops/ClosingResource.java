package io.onceledger.api.ops;

import io.agroal.api.AgroalDataSource;
import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.core.closing.ClosingStatus;
import io.quarkus.agroal.DataSource;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far the books are closed, and the hash that proves them. */
@Path("/v1/ops/closing")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class ClosingResource {

  private final AgroalDataSource operator;

  ClosingResource(@DataSource("operator") AgroalDataSource operator) {
    this.operator = operator;
  }

  @GET
  @Blocking
  @Operation(
      operationId = "getClosing",
      summary = "How far the books are closed and audited",
      description =
          "Keep `head_hash` with its number of `blocks` in a place that the database's"
              + " administrators cannot change: it proves every entry before it.")
  @APIResponse(responseCode = "200", description = "As it is now")
  public ClosingView read() throws SQLException {
    return ClosingView.of(ClosingStatus.read(operator));
  }
}
