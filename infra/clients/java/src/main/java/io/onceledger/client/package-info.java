/**
 * Sending a charge so that it happens once, however often it has to be sent. {@link
 * io.onceledger.client.ChargeOnce} is the way in; beside it stand the generated client ({@code
 * api}, {@code model}, {@code invoker}) and a {@link io.onceledger.client.KeyStore} in a file.
 */
package io.onceledger.client;
