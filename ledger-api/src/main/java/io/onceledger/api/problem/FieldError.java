package io.onceledger.api.problem;

/**
 * What is wrong with one field.
 *
 * @param pointer a JSON pointer (RFC 6901) into the request, or to a parameter of the query, taken
 *     as an object
 */
public record FieldError(String pointer, String detail) {}
