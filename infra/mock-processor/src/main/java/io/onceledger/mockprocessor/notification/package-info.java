/**
 * Tells the ledger what the journal says, as Standard Webhooks. {@link
 * io.onceledger.mockprocessor.notification.Notifier} is the way in: it reads the journal behind
 * those who write it, makes a {@link io.onceledger.mockprocessor.notification.Notification} of what
 * is worth one, and sends it to the {@link io.onceledger.mockprocessor.notification.LedgerEndpoint}
 * until that takes it. The journal is the queue, and a {@link
 * io.onceledger.mockprocessor.notification.Bookmark} on disk says how far it has been sent.
 */
package io.onceledger.mockprocessor.notification;
