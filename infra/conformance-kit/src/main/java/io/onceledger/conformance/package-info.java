/**
 * The rules that a client of the ledger depends on, checked from outside: over HTTP only, against
 * any base URL, with nothing known about the code or the database behind it. {@link
 * io.onceledger.conformance.Conformance} is the way in, {@code rules} has one class per family of
 * rules, and {@code http} is how they talk to the ledger.
 *
 * <p>A rule is a test; its name is the rule as a sentence. What cannot be seen from outside is not
 * here: that key, charge and message commit together, what a lost connection does to a commit, and
 * that a key is still known after years.
 */
package io.onceledger.conformance;
