/**
 * Who may call what. {@link io.onceledger.api.access.AccessFilter} runs before anything else looks
 * at a request under {@code /v1}; {@link io.onceledger.api.access.CurrentCaller} tells resources
 * who passed.
 */
package io.onceledger.api.access;
