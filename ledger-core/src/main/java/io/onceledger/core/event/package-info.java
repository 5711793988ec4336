/**
 * What happened to a charge, in order, one row for each change of status. {@link
 * io.onceledger.core.event.Events} appends them in the transaction that makes the change.
 */
package io.onceledger.core.event;
