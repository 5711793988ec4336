package io.onceledger.bench.report;

/**
 * Something that a scenario is held to.
 *
 * @param what is to hold
 * @param measured what it was
 */
public record Requirement(String what, String measured, boolean held) {}
