/**
 * What the processor tells us of its own accord, as Standard Webhooks. {@link
 * io.onceledger.api.notification.WebhookSignature} says whether a request is the processor's, over
 * its raw bytes; only then {@link io.onceledger.api.notification.NotificationBody} reads it.
 */
package io.onceledger.api.notification;
