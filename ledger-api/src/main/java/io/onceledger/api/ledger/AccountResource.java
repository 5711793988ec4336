package io.onceledger.api.ledger;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.QueryParameters;
import io.onceledger.core.ledger.Balances;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the merchant's accounts stand at. */
@Path("/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Books")
public class AccountResource {

  private final CurrentCaller caller;
  private final Balances balances;

  AccountResource(CurrentCaller caller, Balances balances) {
    this.caller = caller;
    this.balances = balances;
  }

  @GET
  @Operation(
      operationId = "listAccounts",
      summary = "All accounts at one instant",
      description = "One page: there are five accounts in each currency.")
  @APIResponse(responseCode = "200", description = "The accounts")
  public ListBody<AccountView> list(@Context UriInfo uri) {
    UUID merchant = caller.merchant().id();
    new QueryParameters(uri.getQueryParameters()).done();
    return new ListBody<>(balances.all(merchant).stream().map(AccountView::of).toList(), null);
  }
}
