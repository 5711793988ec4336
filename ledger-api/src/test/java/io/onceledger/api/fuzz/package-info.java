/**
 * Requests made from the API's own document, good and bad, against the running API. {@link
 * io.onceledger.api.fuzz.Document} lists the operations, {@link io.onceledger.api.fuzz.Values} fits
 * values to schemas, {@link io.onceledger.api.fuzz.Mutations} spoil what was good, and {@link
 * io.onceledger.api.fuzz.Judge} says what no answer may be.
 */
package io.onceledger.api.fuzz;
