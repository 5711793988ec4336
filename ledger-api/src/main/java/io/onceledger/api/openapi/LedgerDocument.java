package io.onceledger.api.openapi;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The parts of the document that routes refer to by name. */
@OpenAPIDefinition(
    info = @Info(title = "Onceledger", version = "1"),
    security = @SecurityRequirement(name = LedgerDocument.API_KEY),
    components =
        @Components(
            securitySchemes =
                @SecurityScheme(
                    securitySchemeName = LedgerDocument.API_KEY,
                    type = SecuritySchemeType.HTTP,
                    scheme = "bearer",
                    description = "An API key: a merchant's, or an operator's for /v1/ops"),
            parameters = {
              @Parameter(
                  name = LedgerDocument.LIMIT,
                  in = ParameterIn.QUERY,
                  description = "Rows on a page",
                  schema =
                      @Schema(
                          type = SchemaType.INTEGER,
                          minimum = "1",
                          maximum = "100",
                          defaultValue = "20")),
              @Parameter(
                  name = LedgerDocument.CURSOR,
                  in = ParameterIn.QUERY,
                  description = "The next_cursor of the page before, with the same filters",
                  schema = @Schema(type = SchemaType.STRING))
            },
            responses =
                @APIResponse(
                    name = LedgerDocument.REFUSED,
                    description = "Refused, with the reason and what to do",
                    content =
                        @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "Problem")))))
public class LedgerDocument extends Application {

  public static final String API_KEY = "api_key";
  public static final String LIMIT = "limit";
  public static final String CURSOR = "cursor";
  public static final String REFUSED = "refused";
}
