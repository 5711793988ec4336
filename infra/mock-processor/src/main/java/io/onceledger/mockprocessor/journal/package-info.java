/**
 * The truth about money, on disk: one JSON line per request or dispute, in the order in which they
 * were decided, each written before its answer goes out. {@link
 * io.onceledger.mockprocessor.journal.Journal} is the file, {@link
 * io.onceledger.mockprocessor.journal.Entry} a line; everything that the processor knows is a fold
 * over entries.
 */
package io.onceledger.mockprocessor.journal;
