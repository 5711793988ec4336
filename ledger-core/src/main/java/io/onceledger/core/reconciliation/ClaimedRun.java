package io.onceledger.core.reconciliation;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A run that this worker makes, as long as its fence is current.
 *
 * @param attempt counts from 1
 */
public record ClaimedRun(UUID id, LocalDate date, long fence, int attempt) {}
