package io.onceledger.worker.clock;

import java.util.function.LongSupplier;

/**
 * Nanoseconds that only pass, by which deadlines and leases are measured: {@link System#nanoTime},
 * or a test's.
 */
@FunctionalInterface
public interface MonotonicClock extends LongSupplier {}
