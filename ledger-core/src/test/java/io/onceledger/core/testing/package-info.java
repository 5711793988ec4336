/**
 * What tests of every module share: a migrated database of their own ({@link
 * io.onceledger.core.testing.LedgerDatabase}) and merchants to charge for.
 */
package io.onceledger.core.testing;
