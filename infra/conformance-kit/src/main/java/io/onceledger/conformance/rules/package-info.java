/**
 * The rules, one class per family: {@link io.onceledger.conformance.rules.Families} has their
 * order, and the number before a family's name its group. A new rule is a method with the rule as
 * its name; a table's rows are {@link io.onceledger.conformance.rules.Case}s.
 */
package io.onceledger.conformance.rules;
