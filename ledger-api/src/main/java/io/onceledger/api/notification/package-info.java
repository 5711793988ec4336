/**
 * What the processor tells us of its own accord, as Standard Webhooks. {@link
 * io.onceledger.api.notification.WebhookSignature} says whether a request is the processor's, over
 * its raw bytes; only then {@link io.onceledger.api.notification.NotificationBody} reads it. Start
 * at {@link io.onceledger.api.notification.NotificationResource}.
 */
package io.onceledger.api.notification;
