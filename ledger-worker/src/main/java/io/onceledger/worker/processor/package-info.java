/**
 * Talks to the card processor. {@link io.onceledger.worker.processor.ProcessorClient} makes one
 * call and tells what came back; {@link io.onceledger.worker.processor.Reading} says what that
 * proves, and is pure; {@link io.onceledger.worker.processor.ProcessorConfig} holds its promises.
 * {@link io.onceledger.worker.processor.SettlementReports} fetches what it has settled.
 */
package io.onceledger.worker.processor;
