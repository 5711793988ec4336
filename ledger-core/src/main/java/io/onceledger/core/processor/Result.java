package io.onceledger.core.processor;

import io.onceledger.core.outbox.Claim;

/** An attempt that is over, and what follows from it and all before it. */
public record Result(Claim claim, Attempt attempt, NextStep next) {}
