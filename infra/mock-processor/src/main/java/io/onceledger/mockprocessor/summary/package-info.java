/**
 * What the journal amounts to. {@link io.onceledger.mockprocessor.summary.Tally} counts entries as
 * they are written and, after a restart, as they are read back: the figures are the journal's own.
 */
package io.onceledger.mockprocessor.summary;
