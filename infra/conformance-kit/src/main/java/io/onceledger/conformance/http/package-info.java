/**
 * Talks HTTP to the ledger that is judged: {@link io.onceledger.conformance.http.Ledger} hands out
 * requests in the name of a caller, an {@link io.onceledger.conformance.http.Answer} knows what was
 * sent for it, and {@link io.onceledger.conformance.http.AnswerAssert} says in the words of the
 * contract what it should have been.
 */
package io.onceledger.conformance.http;
