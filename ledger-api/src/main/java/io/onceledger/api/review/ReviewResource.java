package io.onceledger.api.review;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.review.ReviewDecisions;
import io.onceledger.core.review.ReviewDecisions.Verdict;
import io.onceledger.core.review.Reviews;
import io.onceledger.core.review.Reviews.Filter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What only a person can decide, of all merchants. A decision is taken once, and then stands. */
@Path("/v1/ops/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class ReviewResource {

  private final CurrentCaller caller;
  private final Reviews reviews;
  private final ReviewDecisions decisions;

  ReviewResource(CurrentCaller caller, Reviews reviews, ReviewDecisions decisions) {
    this.caller = caller;
    this.reviews = reviews;
    this.decisions = decisions;
  }

  @GET
  @Operation(operationId = "listReviews", summary = "What waits for a person, newest first")
  @APIResponse(responseCode = "200", description = "A page")
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      description = "Of the review",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"open", "resolved"},
              defaultValue = "open"))
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  public ListBody<ReviewView> list(@Context UriInfo uri) throws SQLException {
    ListParameters parameters = new ListParameters("reviews", uri.getQueryParameters());
    Filter filter =
        parameters.parsed("status", Filter::parse, "open or resolved").orElse(Filter.OPEN);
    int limit = parameters.limit();
    var position = parameters.cursor();
    parameters.done();
    return parameters.body(reviews.page(filter, position, limit), ReviewView::of);
  }

  @POST
  @Path("/{review}/resolve")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "resolveReview",
      summary = "Decide what became of a charge or refund",
      description =
          "It takes on the status and is booked; whatever a worker still finds out about it"
              + " is dropped, but a send that is under way is waited for. What is final"
              + " already stays: give its status to close the review. The same decision again is"
              + " answered with the review as it is.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ResolutionBody.class)))
  @APIResponse(responseCode = "200", description = "The review, resolved")
  @APIResponse(responseCode = "422", ref = LedgerDocument.REFUSED)
  public ReviewView resolve(
      @PathParam("review") String review, @Context HttpHeaders headers, byte[] body)
      throws SQLException {
    JsonFields fields = new JsonFields(JsonBody.read(headers, body));
    return decided(
        decisions
            .decide(id(review), ResolutionBody.read(fields, caller.operator()))
            .orElseThrow(ReviewResource::noSuch));
  }

  private static ReviewView decided(Verdict verdict) {
    if (verdict instanceof Verdict.Taken taken) {
      return ReviewView.of(taken.review());
    }
    throw Refusal.of(
        ProblemCode.INVALID_STATE,
        verdict instanceof Verdict.Refused refused
            ? "The review is %s and what it is about is %s: that is not changed."
                .formatted(
                    refused.review().resolvedAt() == null ? "open" : "resolved",
                    refused.review().subject().status())
            : "It is %s and is being sent: decide when that is over, in some seconds."
                .formatted(((Verdict.TooEarly) verdict).review().subject().status()));
  }

  private static UUID id(String text) {
    return PublicId.REVIEW.parse(text).orElseThrow(ReviewResource::noSuch);
  }

  private static Refusal noSuch() {
    return Refusal.of(ProblemCode.NOT_FOUND, "Check the id; there is no such review.");
  }
}
