/**
 * What every store needs of JDBC and nothing more: one transaction around several statements
 * ({@link io.onceledger.core.database.Transactions}), rows as parallel arrays ({@link
 * io.onceledger.core.database.ColumnArrays}), what an error means ({@link
 * io.onceledger.core.database.SqlFailure}) and whether the server keeps what it acknowledges
 * ({@link io.onceledger.core.database.Durability}).
 */
package io.onceledger.core.database;
