/**
 * JSON as it comes and goes. {@link io.onceledger.api.json.JsonBody} reads a body strictly, {@link
 * io.onceledger.api.json.JsonFields} takes its members one by one and collects what is wrong with
 * them; {@link io.onceledger.api.json.Timestamps} writes instants.
 */
package io.onceledger.api.json;
