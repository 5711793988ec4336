package io.onceledger.api.history;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.idempotency.IdempotencyKeyHeader;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.QueryParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.history.KeyHistories;
import io.onceledger.core.idempotency.IdempotencyKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains one key: what it made, how often it came, and what it would get now. */
@Path("/v1/idempotency-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Idempotency keys")
public class KeyResource {

  private final CurrentCaller caller;
  private final KeyHistories histories;

  KeyResource(CurrentCaller caller, KeyHistories histories) {
    this.caller = caller;
    this.histories = histories;
  }

  @GET
  @Path("/{key}")
  @Operation(operationId = "getIdempotencyKey", summary = "The life of a key")
  @APIResponse(responseCode = "200", description = "All that is known of it")
  public KeyView get(@PathParam("key") String key, @Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters()).done();
    return find(key);
  }

  @GET
  @Operation(
      operationId = "findIdempotencyKey",
      summary = "The life of a key with any characters",
      description = "As getIdempotencyKey, for keys that a path cannot hold.")
  @Parameter(
      name = "key",
      in = ParameterIn.QUERY,
      required = true,
      description = "Unescaped: without the quotes of the header",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 255))
  @APIResponse(responseCode = "200", description = "All that is known of it")
  @APIResponse(responseCode = "404", ref = LedgerDocument.REFUSED)
  public KeyView find(@Context UriInfo uri) {
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
    String key = parameters.required("key");
    parameters.done();
    return find(key);
  }

  private KeyView find(String key) {
    // PostgreSQL cannot even look for some of the texts that are no key, such as NUL.
    return Optional.of(key)
        .filter(IdempotencyKeyHeader::isKey)
        .flatMap(text -> histories.find(new IdempotencyKey(caller.merchant().id(), text)))
        .map(KeyView::of)
        .orElseThrow(
            () -> Refusal.of(ProblemCode.NOT_FOUND, "Check the key; you never sent this one."));
  }
}
