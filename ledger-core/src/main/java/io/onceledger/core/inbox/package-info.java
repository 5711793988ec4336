/**
 * What the processor tells of its own accord. {@link io.onceledger.core.inbox.Inbox} takes a
 * notification and its effect in one transaction, once; {@link io.onceledger.core.inbox.Judgement}
 * says what it proves about what is known already.
 */
package io.onceledger.core.inbox;
