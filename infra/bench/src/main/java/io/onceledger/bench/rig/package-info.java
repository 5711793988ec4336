/**
 * The stack that is measured: started as {@code infra/up} does, in a directory of its own, watched
 * through {@code /proc} and SQL, and held to its invariants when all is done.
 *
 * <p>Way in: {@link io.onceledger.bench.rig.Rig}.
 */
package io.onceledger.bench.rig;
