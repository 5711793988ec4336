package io.onceledger.api.refund;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.refund.Refunds;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads refunds for their merchant; {@link ChargeRefundResource} makes them. */
@Path("/v1/refunds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Refunds")
public class RefundResource {

  private final CurrentCaller caller;
  private final Refunds refunds;

  RefundResource(CurrentCaller caller, Refunds refunds) {
    this.caller = caller;
    this.refunds = refunds;
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getRefund", summary = "A refund as it is now")
  @APIResponse(responseCode = "200", description = "The refund")
  public RefundView get(
      @Parameter(example = "re_01kagjq1p3e9gsxy3q6rr4c1ew") @PathParam("id") String id) {
    return PublicId.REFUND
        .parse(id)
        .flatMap(refund -> refunds.find(caller.merchant().id(), refund))
        .map(RefundView::of)
        .orElseThrow(
            () -> Refusal.of(ProblemCode.NOT_FOUND, "Check the id; you have no such refund."));
  }

  @GET
  @Operation(operationId = "listRefunds", summary = "Refunds, newest first")
  @APIResponse(responseCode = "200", description = "A page")
  @Parameter(
      name = "charge",
      in = ParameterIn.QUERY,
      description = "Of this charge",
      schema = @Schema(type = SchemaType.STRING),
      example = "ch_01kagjq1p3e9gsxy3q6rr4c1ew")
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  public ListBody<RefundView> list(@Context UriInfo uri) {
    UUID merchant = caller.merchant().id();
    ListParameters parameters = new ListParameters("refunds", merchant, uri.getQueryParameters());
    Optional<UUID> charge =
        parameters.parsed("charge", PublicId.CHARGE::parse, "the id of a charge");
    int limit = parameters.limit();
    var position = parameters.cursor();
    parameters.done();
    return parameters.body(refunds.page(merchant, charge, position, limit), RefundView::of);
  }
}
