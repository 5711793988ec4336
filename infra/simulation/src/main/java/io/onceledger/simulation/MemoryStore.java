package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Refused;
import io.onceledger.core.idempotency.Named;
import io.onceledger.core.ledger.Postings;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Claim.Lost;
import io.onceledger.core.outbox.Claim.Work;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.outbox.OutboxMessages.PutBack;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A model of what the SQL does. One thread, so each transaction is whole by construction. {@code
 * PostgresComparisonTest} holds it against the statements themselves.
 */
final class MemoryStore implements Store {

  /** A key of a merchant. */
  record Name(UUID merchant, String key) {}

  private final Clock clock;
  private final Decisions decisions;
  private final Map<Name, Named<ChargeRequest, ChargeReceipt>> keys = new HashMap<>();
  private final Map<UUID, ChargeRow> charges = new LinkedHashMap<>();
  private final Map<UUID, Message> messages = new LinkedHashMap<>();
  private final TreeSet<Message> byDue =
      new TreeSet<>(Comparator.comparing(Message::dueAt).thenComparingLong(Message::order));
  private final Books books;
  private final Set<UUID> touched = new LinkedHashSet<>();
  private Instant highWater = Clock.START;

  MemoryStore(Clock clock, Decisions decisions) {
    this.clock = clock;
    this.decisions = decisions;
    this.books = new Books(decisions);
  }

  @Override
  public List<Acceptance<ChargeReceipt>> accept(List<ChargeDelivery> deliveries) {
    for (ChargeDelivery delivery : deliveries) {
      if (delivery.mayExecute() && decisions.isFirst(keys.get(name(delivery)))) {
        insert(delivery);
      }
    }
    return deliveries.stream().map(this::acceptance).toList();
  }

  private void insert(ChargeDelivery delivery) {
    UUID id = delivery.proposedId();
    Instant now = clock.database();
    ChargeReceipt receipt =
        new ChargeReceipt(
            ChargeReceipt.VERSION,
            Resource.charge(delivery.merchant().id(), id),
            delivery.key(),
            delivery.request(),
            now);
    keys.put(name(delivery), new Named.First<>(delivery.fingerprint(), receipt));
    charges.put(id, new ChargeRow(delivery));
    Message message = new Message(delivery.merchant().id(), id, charges.size(), now);
    messages.put(id, message);
    byDue.add(message);
    touched.add(id);
  }

  private Acceptance<ChargeReceipt> acceptance(ChargeDelivery delivery) {
    Named<ChargeRequest, ChargeReceipt> named = keys.get(name(delivery));
    return named == null
        ? new Refused<>(ChargeAcceptance.CURRENCY_NOT_IN_USE)
        : named.decide(delivery);
  }

  @Override
  public List<ClaimedWork> claim(int limit, ClaimTerms terms, Instant workerClock) {
    Instant leaseNow = decisions.leaseClock(clock.database(), workerClock);
    boolean behind = isClockBehind(terms.clockSkew());
    List<Message> due =
        byDue.stream()
            .takeWhile(m -> !m.dueAt.isAfter(leaseNow))
            .filter(m -> m.step == Step.LOOK_UP || !behind)
            .limit(limit)
            .toList();
    return due.stream().map(m -> claim(m, leaseNow.plus(terms.lease()), terms)).toList();
  }

  private ClaimedWork claim(Message message, Instant leaseEnd, ClaimTerms terms) {
    Instant now = clock.database();
    Lost lost = message.claimedAt != null && message.step.sends() ? lost(message) : null;
    if (message.step == Step.RESEND
        && now.isAfter(message.firstSentAt.plus(terms.retryHorizon()))) {
      message.step = Step.LOOK_UP;
    } else if (decisions.marks(message.step) && message.firstSentAt == null) {
      message.firstSentAt = now;
    }
    message.attemptEndsAt = now.plus(terms.attempt());
    message.claimedAt = now;
    setDue(message, leaseEnd);
    message.fence++;
    message.attempts++;
    touched.add(message.resource);
    ChargeRow charge = charges.get(message.resource);
    Claim claim =
        new Claim(
            Resource.charge(message.merchant, message.resource),
            message.step,
            message.fence,
            message.attempts,
            message.acceptedAt,
            now,
            message.attemptEndsAt,
            message.firstSentAt,
            lost,
            new Work(
                charge.accepted.key(),
                charge.accepted.request().amount(),
                charge.accepted.request().currency(),
                charge.accepted.request().paymentMethod(),
                null));
    return new ClaimedWork(claim, charge.attempts);
  }

  private static Lost lost(Message message) {
    Instant endsAt =
        message.dueAt.isAfter(message.attemptEndsAt) ? message.dueAt : message.attemptEndsAt;
    return new Lost(message.attempts, message.claimedAt, endsAt);
  }

  @Override
  public ToldTime keep(List<Claim> claims, ClaimTerms terms) {
    Instant now = clock.database();
    Duration behind = Duration.between(now, highWater);
    boolean wentBack = behind.compareTo(terms.clockSkew()) > 0;
    highWater = wentBack || behind.isNegative() ? now : highWater;
    if (wentBack && decisions.setsBack()) {
      messages.values().stream()
          .filter(m -> m.firstSentAt != null || m.dueAt.isAfter(now))
          .forEach(m -> setBack(m, behind, terms.lease().multipliedBy(2)));
    }
    for (Claim claim : claims) {
      Message message = messages.get(claim.resource().id());
      if (message != null
          && message.claimedAt != null
          && decisions.mayRenew(claim, message.fence)) {
        setDue(message, now.plus(terms.lease()));
      }
    }
    return new ToldTime(now, behind);
  }

  private void setBack(Message message, Duration by, Duration unseen) {
    message.claimedAt = message.claimedAt == null ? null : message.claimedAt.minus(by);
    message.firstSentAt =
        message.firstSentAt == null ? null : message.firstSentAt.minus(by).minus(unseen);
    message.attemptEndsAt = message.attemptEndsAt == null ? null : message.attemptEndsAt.minus(by);
    if (!message.dueAt.equals(Instant.MAX)) {
      setDue(message, message.dueAt.minus(by));
    }
  }

  @Override
  public List<Recorded> record(List<Result> results) {
    List<Recorded> recorded = new ArrayList<>();
    List<Result> current = new ArrayList<>();
    for (Result result : results) {
      Message message = messages.get(result.claim().resource().id());
      boolean may = decisions.mayWrite(result.claim(), message == null ? null : message.fence);
      recorded.add(may ? Recorded.WRITTEN : Recorded.STALE);
      if (may) {
        current.add(result);
      } else if (decisions.postsStaleResults()
          && result.next() instanceof Conclude end
          && end.status() == Status.SUCCEEDED) {
        books.post(
            Postings.chargeSucceeded(
                charges.get(result.claim().resource().id()).locked().charge()));
        touched.add(result.claim().resource().id());
      }
    }
    // Whatever is refused is refused before anything is written: a transaction is whole.
    List<Move> moves =
        current.stream()
            .map(
                result ->
                    decisions.move(result, charges.get(result.claim().resource().id()).locked()))
            .flatMap(Optional::stream)
            .toList();
    current.forEach(this::write);
    moves.forEach(this::write);
    return recorded;
  }

  private void write(Result result) {
    UUID id = result.claim().resource().id();
    charges.get(id).attempts.add(result.attempt());
    touched.add(id);
    Message message = messages.get(id);
    if (message == null) {
      return;
    }
    Optional<PutBack> back = result.putBack();
    if (back.isEmpty()) {
      messages.remove(id);
      byDue.remove(message);
      return;
    }
    Instant dueAt = dueAt(message, back.get());
    message.step = back.get().step();
    message.claimedAt = null;
    message.fence++;
    message.firstSentAt = back.get().clearMark() ? null : message.firstSentAt;
    setDue(message, dueAt);
  }

  private static Instant dueAt(Message message, PutBack back) {
    return message.claimedAt == null || back.dueAt().equals(Instant.MAX)
        ? back.dueAt()
        : back.dueAt().minus(Duration.between(message.claimedAt, back.claimedAt()));
  }

  private void write(Move move) {
    charges.get(move.of().resource().id()).move(move);
    if (move.last() == Status.SUCCEEDED) {
      books.post(Postings.chargeSucceeded(move.of().charge()));
    }
  }

  private void setDue(Message message, Instant dueAt) {
    byDue.remove(message);
    message.dueAt = dueAt;
    byDue.add(message);
  }

  /** When the next message can be claimed, by the database's clock; empty if none ever can. */
  Optional<Instant> nextDue() {
    return byDue.isEmpty() || byDue.first().dueAt.equals(Instant.MAX)
        ? Optional.empty()
        : Optional.of(byDue.first().dueAt);
  }

  /** The latest time that the database has told, as far as it was written down. */
  Instant highWater() {
    return highWater;
  }

  /** Whether the clock shows less than it has told, by more than {@code skew}. */
  boolean isClockBehind(Duration skew) {
    return clock.database().isBefore(highWater.minus(skew));
  }

  Map<UUID, ChargeRow> charges() {
    return charges;
  }

  Map<UUID, Message> messages() {
    return messages;
  }

  Books books() {
    return books;
  }

  /** The charges that were written since the last call. */
  List<UUID> takeTouched() {
    List<UUID> taken = new ArrayList<>(touched);
    touched.clear();
    return taken;
  }

  private static Name name(ChargeDelivery delivery) {
    return new Name(delivery.merchant().id(), delivery.key());
  }
}
