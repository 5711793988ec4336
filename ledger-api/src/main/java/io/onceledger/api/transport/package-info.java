/**
 * What happens to a request before, or instead of, reaching a resource. {@link
 * io.onceledger.api.transport.RequestGuard} stands between the HTTP codec and everything else on
 * each connection of the public port; {@link io.onceledger.api.transport.GuardedPort} puts it
 * there. {@link io.onceledger.api.transport.RouterProblems} and {@link
 * io.onceledger.api.transport.AllowedMethods} complete what the framework answers by itself.
 */
package io.onceledger.api.transport;
