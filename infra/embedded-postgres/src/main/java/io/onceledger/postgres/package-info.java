/**
 * A real PostgreSQL 18 from a Maven dependency: no installation, no container, any user.
 *
 * <p>Way in: {@link io.onceledger.postgres.EmbeddedPostgresServer} for a server that keeps its data
 * (standalone), {@link io.onceledger.postgres.SharedPostgres} for the one server that all tests of
 * a build share. Both are as durable as production: nothing here is switched off for speed.
 */
package io.onceledger.postgres;
