/**
 * What must always be true. The rules are SQL, one view {@code ledger_violation} (migration V006);
 * {@link io.onceledger.core.invariant.Invariants} reads it.
 */
package io.onceledger.core.invariant;
