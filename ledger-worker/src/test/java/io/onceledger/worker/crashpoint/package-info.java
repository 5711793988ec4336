/**
 * Every boundary that a charge passes from its request to its booked outcome, struck one at a time:
 * the product's own classes on real PostgreSQL, in processes that crash, hang, lose a connection or
 * throw. Start at {@link io.onceledger.worker.crashpoint.CrashPointsTest}; {@link
 * io.onceledger.worker.crashpoint.Stage} is what a further stage is added to.
 */
package io.onceledger.worker.crashpoint;
