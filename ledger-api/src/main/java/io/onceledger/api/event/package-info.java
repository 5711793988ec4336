/** Events over HTTP, as {@link io.onceledger.api.event.EventView} writes them. */
package io.onceledger.api.event;
