/**
 * The demonstration behind {@code infra/demo}: real orders, delivered badly on purpose, and the
 * proof of what became of them.
 *
 * <p>Way in: {@link io.onceledger.standalone.demo.Demo}. The {@link
 * io.onceledger.standalone.demo.DeliveryPlan} and the {@link io.onceledger.standalone.demo.Proof}
 * are pure; {@link io.onceledger.standalone.demo.Deliveries} and {@link
 * io.onceledger.standalone.demo.Investigation} do what they say over HTTP.
 */
package io.onceledger.standalone.demo;
