package io.onceledger.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The pages that problem types point to: cause, example, and what to do. For people, so HTML, and
 * no key is asked for. Nothing of a request goes into a page.
 */
@Path(ProblemPages.PATH)
public class ProblemPages {

  static final String PATH = "/problems";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%s</title>
      </head>
      <body>
      %s
      </body>
      </html>
      """;

  private final ObjectMapper json;

  ProblemPages(ObjectMapper json) {
    this.json = json;
  }

  /** All codes. */
  @GET
  @Operation(hidden = true)
  public Response index() {
    String rows =
        Arrays.stream(ProblemCode.values())
            .map(
                code ->
                    "<li><a href=\"%s\">%s</a> (%s): %s"
                        .formatted(code.type(), code.text(), code.status(), escape(code.title())))
            .collect(Collectors.joining("\n"));
    return html("Problems", "<h1>Problems</h1>\n<ul>\n" + rows + "\n</ul>");
  }

  /** One code. */
  @GET
  @Path("/{code}")
  @Operation(hidden = true)
  public Response page(@PathParam("code") String text) {
    ProblemCode code =
        ProblemCode.parse(text)
            .orElseThrow(
                () -> Refusal.of(ProblemCode.NOT_FOUND, "See " + PATH + " for all problems."));
    String body =
        """
        <h1>%s</h1>
        <p><code>%s</code>, status %s</p>
        <h2>Cause</h2>
        <p>%s</p>
        <h2>What to do</h2>
        <p>%s</p>
        <h2>Example</h2>
        <pre>HTTP/1.1 %s
        Content-Type: application/problem+json

        %s</pre>
        <p><a href="%s">All problems</a></p>\
        """
            .formatted(
                escape(code.title()),
                code.text(),
                code.status(),
                escape(code.cause()),
                escape(code.remedy()),
                code.status(),
                escape(example(code)),
                PATH);
    return html(escape(code.title()), body);
  }

  /** Whatever the client accepts: there is nothing else here. */
  private static Response html(String title, String body) {
    return Response.ok(PAGE.formatted(title, body), MediaType.TEXT_HTML + ";charset=UTF-8").build();
  }

  private String example(ProblemCode code) {
    try {
      return json.writer(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(Problem.of(refusal(code)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can always be written", e);
    }
  }

  private static Refusal refusal(ProblemCode code) {
    return switch (code) {
      case VALIDATION_ERROR ->
          Refusal.invalid("/amount", "must be an integer from 1 to 99999999999");
      case SENSITIVE_DATA -> Refusal.sensitive("/description");
      case IDEMPOTENCY_KEY_REUSED ->
          Refusal.reused(
              List.of(new FieldError("/amount", "differs from the first request")),
              "/v1/charges/ch_01kagjq1p3e9gsxy3q6rr4c1ew");
      default -> Refusal.of(code, code.remedy());
    };
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
