package io.onceledger.api.database;

import io.agroal.api.AgroalDataSource;
import io.onceledger.core.backlog.Backlog;
import io.onceledger.core.backlog.OutboxDepth;
import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.inbox.Finding;
import io.onceledger.core.inbox.Inbox;
import io.onceledger.core.inbox.Notification;
import io.onceledger.core.invariant.Conservation;
import io.onceledger.core.invariant.Invariants;
import io.onceledger.core.merchant.ApiKeys;
import io.onceledger.core.merchant.Merchants;
import io.onceledger.core.outcome.Settled;
import io.onceledger.core.processor.Redrives;
import io.onceledger.core.reconciliation.Differences;
import io.onceledger.core.reconciliation.Reconciliations;
import io.onceledger.core.refund.RefundAcceptance;
import io.onceledger.core.refund.RefundDelivery;
import io.onceledger.core.refund.RefundReceipt;
import io.onceledger.core.review.ReviewDecisions;
import io.onceledger.core.review.Reviews;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Makes the stores that do not read for one merchant. */
class Stores {

  /** The processor can wait for its acknowledgements. */
  private static final Duration TOLD_TOGETHER = Duration.ofMillis(10);

  @Produces
  @Singleton
  ApiKeys apiKeys(@DataSource("writer") AgroalDataSource writer) {
    return new ApiKeys(writer);
  }

  @Produces
  @Singleton
  GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> acceptance(
      @DataSource("writer") AgroalDataSource writer, AcceptanceConfig config) {
    return new GroupCommit<>(
        "accept",
        config.writers(),
        config.batchSize(),
        config.queueCapacity(),
        config.gather(),
        new ChargeAcceptance(writer));
  }

  void close(@Disposes GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> acceptance) {
    acceptance.close();
  }

  /** One writer: refunds are few, and those of one charge would only wait for each other. */
  @Produces
  @Singleton
  GroupCommit<RefundDelivery, Acceptance<RefundReceipt>> refundAcceptance(
      @DataSource("writer") AgroalDataSource writer, AcceptanceConfig config) {
    return new GroupCommit<>(
        "refund", 1, config.batchSize(), config.queueCapacity(), new RefundAcceptance(writer));
  }

  void closeRefunds(@Disposes GroupCommit<RefundDelivery, Acceptance<RefundReceipt>> acceptance) {
    acceptance.close();
  }

  /**
   * Two, so that a batch that waits for a worker to let go of a charge does not hold up the rest.
   */
  @Produces
  @Singleton
  GroupCommit<Notification, Finding> inbox(
      @DataSource("writer") AgroalDataSource writer, AcceptanceConfig config) {
    return new GroupCommit<>(
        "inbox", 2, config.batchSize(), config.queueCapacity(), TOLD_TOGETHER, new Inbox(writer));
  }

  void closeInbox(@Disposes GroupCommit<Notification, Finding> inbox) {
    inbox.close();
  }

  @Produces
  @Singleton
  Settled settled(@DataSource("writer") AgroalDataSource writer) {
    return new Settled(writer);
  }

  @Produces
  @Singleton
  Merchants merchants(@DataSource("operator") AgroalDataSource operator) {
    return new Merchants(operator);
  }

  @Produces
  @Singleton
  Conservation conservation(@DataSource("operator") AgroalDataSource operator) {
    return new Conservation(operator);
  }

  @Produces
  @Singleton
  Invariants invariants(@DataSource("operator") AgroalDataSource operator) {
    return new Invariants(operator);
  }

  @Produces
  @Singleton
  Reviews reviews(@DataSource("operator") AgroalDataSource operator) {
    return new Reviews(operator);
  }

  @Produces
  @Singleton
  ReviewDecisions reviewDecisions(@DataSource("operator") AgroalDataSource operator) {
    return new ReviewDecisions(operator);
  }

  @Produces
  @Singleton
  Redrives redrives(@DataSource("operator") AgroalDataSource operator) {
    return new Redrives(operator);
  }

  @Produces
  @Singleton
  OutboxDepth outboxDepth(@DataSource("operator") AgroalDataSource operator) {
    return new OutboxDepth(operator);
  }

  @Produces
  @Singleton
  Reconciliations reconciliations(@DataSource("operator") AgroalDataSource operator) {
    return new Reconciliations(operator);
  }

  @Produces
  @Singleton
  Differences differences(@DataSource("operator") AgroalDataSource operator) {
    return new Differences(operator);
  }

  @Produces
  @Singleton
  Backlog backlog(@DataSource("operator") AgroalDataSource operator) {
    return new Backlog(operator);
  }
}
