/** The worker's own time, which no one can set. */
package io.onceledger.worker.clock;
