/**
 * Everything on one machine: the launcher behind {@code infra/up}.
 *
 * <p>Way in: {@link io.onceledger.standalone.Standalone}. It reads {@link
 * io.onceledger.standalone.Settings} from the environment, makes of them the {@link
 * io.onceledger.standalone.Components} to run, and hands these to the supervisor in {@code
 * process}. The artefacts are the ones that production runs.
 */
package io.onceledger.standalone;
