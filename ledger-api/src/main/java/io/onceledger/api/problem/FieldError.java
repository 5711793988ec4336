package io.onceledger.api.problem;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is wrong with one field.
 *
 * @param pointer a JSON pointer (RFC 6901) into the request, or to a parameter of the query, taken
 *     as an object
 */
public record FieldError(
    @Schema(
            description =
                "A JSON pointer (RFC 6901) into the request, or the name of a query parameter",
            examples = "/amount")
        String pointer,
    String detail) {}
