/**
 * What must always be true. The rules are SQL (migrations V006 to V017): {@link
 * io.onceledger.core.invariant.Checker} checks them bit by bit and keeps what it finds, {@link
 * io.onceledger.core.invariant.Invariants} reads that, or the view {@code ledger_violation}, which
 * computes everything.
 */
package io.onceledger.core.invariant;
