package io.onceledger.api.openapi;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * The parts of the document that routes refer to by name. Parameters stand here, because references
 * to them are only understood when they are annotations; the rest in {@code META-INF/openapi.yaml}.
 */
@OpenAPIDefinition(
    info = @Info(title = "Onceledger", version = "1"),
    components =
        @Components(
            parameters = {
              @Parameter(
                  name = LedgerDocument.LIMIT,
                  in = ParameterIn.QUERY,
                  description = "Rows on a page",
                  schema =
                      @Schema(
                          type = SchemaType.INTEGER,
                          format = "int32",
                          minimum = "1",
                          maximum = "100",
                          defaultValue = "20")),
              @Parameter(
                  name = LedgerDocument.CURSOR,
                  in = ParameterIn.QUERY,
                  description = "The next_cursor of the page before, with the same filters",
                  schema = @Schema(type = SchemaType.STRING)),
              @Parameter(
                  name = LedgerDocument.IDEMPOTENCY_KEY,
                  in = ParameterIn.HEADER,
                  required = true,
                  description =
                      "Your name for this intent, such as a UUID. Store it before you send, keep it"
                          + " for repeats: it is valid for ever. Visible ASCII without `\"`, `\\`,"
                          + " `,` and `;`, or any printable ASCII as a quoted string (RFC 9651); 1"
                          + " to 255 characters without the quotes.",
                  schema = @Schema(type = SchemaType.STRING, minLength = 1),
                  example = "0198f1a2-6c1e-7d3b-9a64-5f0e8d7c2b1a"),
              @Parameter(
                  name = LedgerDocument.PREFER,
                  in = ParameterIn.HEADER,
                  description =
                      "`wait=N`: answer the charge as it is when it is final or in review within N"
                          + " seconds (at most 30), else the receipt",
                  schema = @Schema(type = SchemaType.STRING),
                  example = "wait=10")
            }))
public class LedgerDocument extends Application {

  // Parameters.
  public static final String LIMIT = "limit";
  public static final String CURSOR = "cursor";
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  public static final String PREFER = "Prefer";

  // Headers of answers.
  public static final String LOCATION = "Location";
  public static final String IDEMPOTENT_REPLAYED = "Idempotent-Replayed";
  public static final String PREFERENCE_APPLIED = "Preference-Applied";

  /** A response that says only that its status can occur: {@link Refusals} fills it in. */
  public static final String REFUSED = "refused";
}
