/**
 * The OpenAPI document. What a route takes and answers stands at its method, what routes share in
 * {@code META-INF/openapi.yaml}; {@link io.onceledger.api.openapi.Refusals} and {@link
 * io.onceledger.api.openapi.Schemas} add what follows from the code, so that a new route says only
 * what is its own.
 */
package io.onceledger.api.openapi;
