/**
 * Rows that millions of charges would have left, written by SQL in minutes. They are whole: the
 * invariants hold over them.
 */
package io.onceledger.bench.rows;
