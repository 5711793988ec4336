package io.onceledger.api.ledger;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.Entries;
import io.onceledger.core.ledger.EntryFilter;
import io.onceledger.core.money.Money;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The entries that balances are made of. */
@Path("/v1/entries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Books")
public class EntryResource {

  private final CurrentCaller caller;
  private final Entries entries;

  EntryResource(CurrentCaller caller, Entries entries) {
    this.caller = caller;
    this.entries = entries;
  }

  @GET
  @Operation(operationId = "listEntries", summary = "Ledger entries, newest first")
  @APIResponse(responseCode = "200", description = "A page")
  @Parameter(
      name = "charge",
      in = ParameterIn.QUERY,
      description = "Of this charge",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "refund",
      in = ParameterIn.QUERY,
      description = "Of this refund",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "account",
      in = ParameterIn.QUERY,
      description = "That debit or credit this account",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(name = "currency", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Not before",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Before",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  public ListBody<EntryView> list(@Context UriInfo uri) {
    UUID merchant = caller.merchant().id();
    ListParameters parameters = new ListParameters("entries", merchant, uri.getQueryParameters());
    Optional<Instant> from = parameters.instant("from");
    Optional<Instant> to = parameters.instant("to");
    EntryFilter filter =
        new EntryFilter(
            parameters.parsed("charge", PublicId.CHARGE::parse, "the id of a charge"),
            parameters.parsed("refund", PublicId.REFUND::parse, "the id of a refund"),
            parameters.parsed("account", Account::parse, "the name of an account"),
            parameters.parsed(
                "currency",
                code -> Optional.of(code).filter(Money::isCurrencyForm),
                "three capital letters"),
            from,
            to);
    parameters.requireOrder("from", from, "to", to);
    int limit = parameters.limit();
    var position = parameters.cursor();
    parameters.done();
    return parameters.body(entries.page(merchant, filter, position, limit), EntryView::of);
  }
}
