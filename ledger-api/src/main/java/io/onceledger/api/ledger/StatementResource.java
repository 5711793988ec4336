package io.onceledger.api.ledger;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.Csv;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.api.page.QueryParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.Balances;
import io.onceledger.core.ledger.LedgerEntry;
import io.onceledger.core.money.Money;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import io.onceledger.core.statement.AccountKey;
import io.onceledger.core.statement.AccountSums;
import io.onceledger.core.statement.Statements;
import io.onceledger.core.statement.Statements.Statement;
import io.onceledger.core.statement.Statements.Whole;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What one account stood at, and how it came there. */
@Path("/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Books")
public class StatementResource {

  /** Entries in one transaction while a file is written. */
  private static final int PAGE = 1_000;

  /** Entries of a file that are not closed yet, all in memory: some seconds' worth. */
  private static final int MOST_OPEN = 10_000;

  private static final String ACCOUNT = "One of the five accounts";

  private final CurrentCaller caller;
  private final Statements statements;
  private final Balances balances;

  StatementResource(CurrentCaller caller, Statements statements, Balances balances) {
    this.caller = caller;
    this.statements = statements;
    this.balances = balances;
  }

  @GET
  @Path("/{account}/{currency}")
  @Operation(
      operationId = "getAccount",
      summary = "An account, now or at an instant",
      description =
          "With `at`: the sums of all entries posted up to and including it. An account that has no"
              + " entries yet stands at zero.")
  @APIResponse(responseCode = "200", description = "The account")
  @Parameter(
      name = "at",
      in = ParameterIn.QUERY,
      description = "An instant; of one that is to come the answer is what is known now",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  public StandingView read(
      @Parameter(description = ACCOUNT, schema = @Schema(implementation = AccountName.class))
          @PathParam("account")
          String account,
      @Parameter(schema = @Schema(pattern = "^[A-Z]{3}$")) @PathParam("currency") String currency,
      @Context UriInfo uri) {
    AccountKey key = key(account, currency);
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
    Optional<Instant> at = parameters.instant("at");
    parameters.done();
    return StandingView.of(
        key, at.isPresent() ? statements.at(key, at.get()) : statements.now(key), at.orElse(null));
  }

  @GET
  @Path("/{account}/{currency}/statement")
  @Produces({MediaType.APPLICATION_JSON, Csv.TYPE})
  @Operation(
      operationId = "getStatement",
      summary = "The statement of an account over a period",
      description =
          "`closing` is `opening` and all entries of the period, of one snapshot. A period that"
              + " ends after `stable_until` may still get entries. With `Accept: text/csv` the"
              + " whole period at once, with the balance after each entry; its last line is"
              + " `closing`.")
  @APIResponse(
      responseCode = "200",
      description = "The statement, with a page of its entries, oldest first",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = StatementView.class)),
        @Content(mediaType = Csv.TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Not before; absent: from the first entry",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Before; absent: up to the last entry",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  public Response statement(
      @Parameter(description = ACCOUNT, schema = @Schema(implementation = AccountName.class))
          @PathParam("account")
          String account,
      @Parameter(schema = @Schema(pattern = "^[A-Z]{3}$")) @PathParam("currency") String currency,
      @Context UriInfo uri,
      @Context Request request) {
    AccountKey key = key(account, currency);
    ListParameters parameters =
        new ListParameters(
            "statement " + account + " " + currency, key.merchant(), uri.getQueryParameters());
    Optional<Instant> from = parameters.instant("from");
    Optional<Instant> to = parameters.instant("to");
    parameters.requireOrder("from", from, "to", to);
    int limit = parameters.limit();
    Optional<Position> position = parameters.cursor();
    parameters.done();
    if (Csv.isPreferredBy(request)) {
      return csv(key, from, to);
    }
    Statement statement = statements.statement(key, from, to, position, limit);
    ListBody<EntryView> page = parameters.body(statement.entries(), EntryView::of);
    return Response.ok(
            StatementView.of(key, from, to, statement, page), MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  /** For the document: the names that a path may have here. */
  @Schema(
      name = "AccountName",
      type = SchemaType.STRING,
      enumeration = {
        "processor_receivable",
        "merchant_payable",
        "fee_revenue",
        "settlement_bank",
        "processor_cost"
      })
  static final class AccountName {

    private AccountName() {}
  }

  private Response csv(AccountKey key, Optional<Instant> from, Optional<Instant> to) {
    Whole whole =
        statements
            .whole(key, from, to, MOST_OPEN)
            .orElseThrow(
                () ->
                    Refusal.of(
                        ProblemCode.SERVICE_UNAVAILABLE,
                        "Too many entries are not closed yet. Ask for a period that ends at"
                            + " stable_until, or try again."));
    return Response.ok((StreamingOutput) out -> write(key, from, to, whole, out), Csv.UTF_8)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s-%s.csv\"".formatted(key.account().text(), key.currency()))
        .build();
  }

  private void write(
      AccountKey key, Optional<Instant> from, Optional<Instant> to, Whole whole, OutputStream out)
      throws IOException {
    StatementCsv csv =
        new StatementCsv(
            new OutputStreamWriter(out, StandardCharsets.UTF_8),
            key.account(),
            key.currency(),
            balance(key, whole.opening()));
    csv.open(from.orElse(null));
    Optional<Position> position = Optional.empty();
    do {
      Page<LedgerEntry> page =
          statements.entries(key, from, Optional.of(whole.closedTo()), position, PAGE);
      page.items().forEach(csv::entry);
      csv.flush();
      position = page.next();
    } while (position.isPresent());
    List<LedgerEntry> tail = whole.tail();
    tail.forEach(csv::entry);
    csv.close(to.orElse(null), balance(key, whole.closing()), whole.stableUntil());
  }

  private static long balance(AccountKey key, AccountSums sums) {
    return key.account().balance(sums.debits(), sums.credits());
  }

  private AccountKey key(String account, String currency) {
    UUID merchant = caller.merchant().id();
    return Account.parse(account)
        .map(known -> new AccountKey(merchant, known, currency))
        .filter(this::exists)
        .orElseThrow(
            () ->
                Refusal.of(
                    ProblemCode.NOT_FOUND,
                    "Check the names of account and currency; /v1/accounts lists those in use."));
  }

  /** A currency that was withdrawn stays in the books of those who used it. */
  private boolean exists(AccountKey key) {
    return Money.isCurrencyForm(key.currency())
        && (Money.isCurrencyInUse(key.currency())
            || balances.find(key.merchant(), key.account(), key.currency()).isPresent());
  }
}
