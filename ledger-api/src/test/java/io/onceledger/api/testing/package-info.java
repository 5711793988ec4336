/** A running API on a database of its own, for REST-assured suites. */
package io.onceledger.api.testing;
