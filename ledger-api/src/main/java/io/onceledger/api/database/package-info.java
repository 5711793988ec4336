/**
 * Joins the stores of the core to this application's pools: see {@link
 * io.onceledger.api.database.Stores} for which role each one has.
 */
package io.onceledger.api.database;
