/**
 * The named scenarios behind {@code infra/chaos}: real processes under faults and kill -9, and a
 * verdict from three histories: what clients were told, the database, the processor's journal.
 *
 * <p>Way in: {@link io.onceledger.standalone.chaos.Chaos}. A {@link
 * io.onceledger.standalone.chaos.Scenario} plays on an {@link
 * io.onceledger.standalone.chaos.Arena}; {@link io.onceledger.standalone.chaos.Inquest} joins the
 * histories, with the demo's proof for what that one proves already.
 */
package io.onceledger.standalone.chaos;
