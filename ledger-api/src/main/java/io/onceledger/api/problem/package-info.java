/**
 * Every refusal is one exception ({@link io.onceledger.api.problem.Refusal}) with one of the codes
 * of {@link io.onceledger.api.problem.ProblemCode}, and one mapper turns it into RFC 9457.
 */
package io.onceledger.api.problem;
