package io.onceledger.standalone.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Carries out a plan: every order until it is answered, with the same key each time. */
public final class Deliveries {
  /** Enough to have requests overlap, few enough to follow on a laptop. */
  private static final int AT_ONCE = 16;

  private final LedgerApi api;
  private final Patience patience;
  private final Receipts receipts = new Receipts();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong again = new AtomicLong();
  private final AtomicLong answersAbandoned = new AtomicLong();

  public Deliveries(LedgerApi api, Patience patience) {
    this.api = api;
    this.patience = patience;
  }

  /**
   * Returns when every delivery is answered.
   *
   * @throws GivenUpException if nothing is answered for too long
   */
  public void carryOut(DeliveryPlan plan) {
    ExecutorService couriers = Executors.newFixedThreadPool(AT_ONCE);
    ExecutorService seconds = Executors.newCachedThreadPool();
    CompletionService<Delivery> finished = new ExecutorCompletionService<>(couriers);
    try {
      List<Future<Delivery>> all =
          plan.deliveries().stream()
              .map(delivery -> finished.submit(() -> deliver(delivery, seconds), delivery))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        finished.take().get(); // the first failure ends the rest: they would wait in vain
      }
    } catch (ExecutionException failure) {
      throw givenUp(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("interrupted");
    } finally {
      couriers.shutdownNow();
      seconds.shutdownNow();
    }
  }

  public Receipts receipts() {
    return receipts;
  }

  public Report.Sent counts() {
    return new Report.Sent(sent.get(), again.get(), answersAbandoned.get(), receipts.replayed());
  }

  private static GivenUpException givenUp(Throwable cause) {
    Throwable innermost = cause instanceof CompletionException ? cause.getCause() : cause;
    return innermost instanceof GivenUpException givenUp
        ? givenUp
        : new GivenUpException("a delivery failed: " + innermost);
  }

  private void deliver(Delivery delivery, ExecutorService seconds) {
    Order order = delivery.order();
    switch (delivery.manner()) {
      case ONCE, LATE_REPEAT -> deliver(order);
      case TWICE_AT_ONCE -> {
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> deliver(order), seconds);
        deliver(order);
        second.join();
      }
      case HUNG_UP, ANSWER_UNREAD -> {
        if (api.chargeAndHangUp(order, delivery.manner() == Delivery.Manner.ANSWER_UNREAD)) {
          sent.incrementAndGet();
          answersAbandoned.incrementAndGet();
        }
        deliver(order);
      }
    }
  }

  private void deliver(Order order) {
    for (int attempt = 0; ; attempt++) {
      Answer answer = api.charge(order);
      sent.incrementAndGet();
      switch (answer.verdict()) {
        case ACCEPTED -> {
          receipts.accepted(order, answer);
          patience.progress();
          return;
        }
        case REFUSED -> {
          receipts.refused(order, answer);
          patience.progress();
          return;
        }
        case AGAIN -> {
          again.incrementAndGet();
          patience.pause(attempt, answer.retryAfter(), answer.why());
        }
      }
    }
  }
}
