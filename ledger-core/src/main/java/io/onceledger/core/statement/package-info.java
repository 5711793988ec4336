/**
 * What an account stood at, and how it came there: {@link io.onceledger.core.statement.Statements}
 * answers at an instant and over a period, from one snapshot and with the time up to which the
 * answer can no longer change; {@link io.onceledger.core.statement.AccountSums} makes it cheap.
 */
package io.onceledger.core.statement;
