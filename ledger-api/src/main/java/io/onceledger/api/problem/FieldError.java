package io.onceledger.api.problem;

/**
 * What is wrong with one field.
 *
 * @param pointer a JSON pointer (RFC 6901) into the request, or the name of a query parameter
 */
public record FieldError(String pointer, String detail) {}
