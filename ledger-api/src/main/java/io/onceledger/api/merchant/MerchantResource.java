package io.onceledger.api.merchant;

import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.QueryParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.merchant.Merchants;
import io.onceledger.core.merchant.Merchants.KnownKey;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Merchants and their keys, for operators. A key is in the answer that makes it and nowhere else;
 * to rotate one without a gap, both are valid for a while. What is revoked is refused within ten
 * seconds, or a minute while the database is away.
 */
@Path("/v1/merchants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class MerchantResource {

  private static final long LONGEST_OVERLAP_SECONDS = Duration.ofDays(30).toSeconds();
  private static final long USUAL_OVERLAP_SECONDS = Duration.ofDays(1).toSeconds();

  /** The body of a rotation, for its schema. */
  @Schema(name = "KeyRotation", additionalProperties = Schema.False.class)
  record Rotation(
      @Schema(
              minimum = "0",
              maximum = "2592000",
              defaultValue = "86400",
              description = "For how long the old key is still valid")
          long overlapSeconds) {}

  private final Merchants merchants;

  MerchantResource(Merchants merchants) {
    this.merchants = merchants;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "createMerchant", summary = "Make a merchant and its first key")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MerchantBody.class)))
  @APIResponse(
      responseCode = "201",
      description = "Made; the key is shown only here",
      content = @Content(schema = @Schema(implementation = MerchantView.class)))
  public Response create(@Context HttpHeaders headers, byte[] body) throws SQLException {
    MerchantBody request = MerchantBody.read(new JsonFields(JsonBody.read(headers, body)));
    return made(
        MerchantView.of(
            merchants.add(request.name(), request.feeBasisPoints(), request.feeFixed())));
  }

  @GET
  @Path("/{merchant}/keys")
  @Operation(operationId = "listKeys", summary = "A merchant's keys, newest first")
  @APIResponse(responseCode = "200", description = "All of them, on one page")
  public ListBody<ApiKeyView> keys(@PathParam("merchant") String merchant, @Context UriInfo uri)
      throws SQLException {
    new QueryParameters(uri.getQueryParameters()).done();
    List<KnownKey> keys = merchants.keys(merchant(merchant));
    if (keys.isEmpty()) {
      // A merchant is made with its first key, and keys are never deleted.
      throw noSuch("merchant").get();
    }
    return new ListBody<>(keys.stream().map(ApiKeyView::of).toList(), null);
  }

  @POST
  @Path("/{merchant}/keys")
  @Operation(operationId = "createKey", summary = "Make another key for a merchant")
  @APIResponse(
      responseCode = "201",
      description = "Made; the key is shown only here",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  public Response createKey(@PathParam("merchant") String merchant) throws SQLException {
    return made(
        ApiKeyView.of(merchants.addKey(merchant(merchant)).orElseThrow(noSuch("merchant"))));
  }

  @POST
  @Path("/{merchant}/keys/{key}/rotate")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "rotateKey",
      summary = "Replace a key",
      description = "Both are valid for the overlap, a day unless the body says otherwise.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Rotation.class)))
  @APIResponse(
      responseCode = "201",
      description = "The new key, which is shown only here",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  public Response rotate(
      @PathParam("merchant") String merchant,
      @PathParam("key") String key,
      @Context HttpHeaders headers,
      byte[] body)
      throws SQLException {
    JsonFields fields = new JsonFields(JsonBody.readOptional(headers, body));
    long overlap =
        fields.optionalInteger(
            "overlap_seconds", 0, LONGEST_OVERLAP_SECONDS, USUAL_OVERLAP_SECONDS);
    fields.done();
    return made(
        ApiKeyView.of(
            merchants
                .rotateKey(merchant(merchant), key(key), Duration.ofSeconds(overlap))
                .orElseThrow(noSuch("key"))));
  }

  @DELETE
  @Path("/{merchant}/keys/{key}")
  @Operation(operationId = "revokeKey", summary = "Revoke a key, for ever")
  @APIResponse(responseCode = "200", description = "The revoked key")
  public ApiKeyView revoke(@PathParam("merchant") String merchant, @PathParam("key") String key)
      throws SQLException {
    return ApiKeyView.of(
        merchants.revokeKey(merchant(merchant), key(key)).orElseThrow(noSuch("key")));
  }

  private static Response made(Object view) {
    return Response.status(Response.Status.CREATED).entity(view).build();
  }

  private static UUID merchant(String text) {
    return PublicId.MERCHANT.parse(text).orElseThrow(noSuch("merchant"));
  }

  private static UUID key(String text) {
    return PublicId.API_KEY.parse(text).orElseThrow(noSuch("key"));
  }

  private static Supplier<Refusal> noSuch(String what) {
    return () -> Refusal.of(ProblemCode.NOT_FOUND, "Check the id; there is no such " + what + ".");
  }
}
