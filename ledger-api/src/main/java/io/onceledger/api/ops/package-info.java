/** What an operator asks: {@link io.onceledger.api.ops.InvariantResource} tells what is wrong. */
package io.onceledger.api.ops;
