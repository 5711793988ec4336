/**
 * The database of standalone: its server, who may log in, and what it is seeded with.
 *
 * <p>Way in: {@link io.onceledger.standalone.database.DatabaseSettings}, which is either an
 * embedded server or one that exists. No application logs in as the superuser.
 */
package io.onceledger.standalone.database;
