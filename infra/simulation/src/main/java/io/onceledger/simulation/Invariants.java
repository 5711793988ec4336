package io.onceledger.simulation;

import static io.onceledger.simulation.Violation.require;

import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.Answer;
import io.onceledger.worker.processor.Answer.Received;
import io.onceledger.worker.processor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Watches what workers do, what the database holds and what the processor has really done ({@link
 * Receipts}: what clients are told; {@link Audit}: the books; {@link Reviews}: what a person is
 * asked), and throws a {@link Violation} at the first step that breaks a promise. It trusts none of
 * them: what it compares with, it has written down itself.
 */
final class Invariants {

  private final World world;
  private final ProcessorProfile profile;
  private final Audit audit;
  private final Map<MemoryStore.Name, UUID> chargeOf = new HashMap<>();
  private final Map<UUID, Integer> eventsSeen = new HashMap<>();
  private final Map<UUID, Instant> leases = new HashMap<>();
  private final Map<Message, Instant> othersDue = new HashMap<>();
  private final Map<UUID, Long> mayHaveActedSince = new HashMap<>();
  private final Map<UUID, Step> decided = new HashMap<>();

  Invariants(World world) {
    this.world = world;
    this.profile = world.setting.profile();
    this.audit = new Audit(world);
  }

  /** A worker gets a claim. */
  void claimed(ClaimedWork work) {
    Claim claim = work.claim();
    Duration length = world.setting.terms(profile).lease();
    Instant lease = leases.put(claim.resource().id(), claim.claimedAt().plus(length));
    if (lease != null) {
      world.see(Sight.LEASE_TAKEOVER);
      require(!lease.isAfter(world.clock.database()), "a lease is not taken before it ends", claim);
    }
    if (claim.step() == Step.LOOK_UP && decided.get(claim.resource().id()) == Step.RESEND) {
      world.see(Sight.RESEND_TURNED_INTO_LOOK_UP);
    }
    decided.remove(claim.resource().id());
  }

  /** A worker is about to renew. */
  void keeps(List<Claim> claims) {
    claims.forEach(this::remember);
    // One worker may hold an old claim beside the new one.
    claims.stream()
        .filter(this::isCurrent)
        .forEach(claim -> othersDue.remove(world.memory.messages().get(claim.resource().id())));
  }

  private void remember(Claim claim) {
    Message message = world.memory.messages().get(claim.resource().id());
    if (message != null) {
      othersDue.put(message, message.dueAt);
    }
  }

  private boolean isCurrent(Claim claim) {
    Message message = world.memory.messages().get(claim.resource().id());
    return message != null && message.fence == claim.fence();
  }

  /** It has renewed what is still its own, and nothing else. */
  void kept(List<Claim> claims, ToldTime told, ClaimTerms terms) {
    boolean wentBack = told.behind().compareTo(terms.clockSkew()) > 0;
    if (wentBack) {
      leases.replaceAll((resource, end) -> end.minus(told.behind()));
    }
    for (Map.Entry<Message, Instant> other : othersDue.entrySet()) {
      world.see(Sight.LATE_RENEWAL_REFUSED);
      require(
          wentBack || other.getKey().dueAt.equals(other.getValue()),
          "an old fence renews nothing",
          other.getKey().resource);
    }
    othersDue.clear();
    for (Claim claim : claims) {
      if (isCurrent(claim)) {
        world.see(Sight.LEASE_RENEWED);
        leases.put(claim.resource().id(), told.now().plus(terms.lease()));
      }
    }
  }

  /** A worker makes a call. */
  void begins(Claim claim, Request request, Duration elapsed) {
    require(
        elapsed.compareTo(world.setting.sendWithin()) <= 0,
        "no call begins after the deadline of its claim",
        request);
    ChargeRow charge = world.memory.charges().get(request.charge());
    require(
        request.key().equals(charge.accepted.key()),
        "all attempts of a charge bear its key",
        request);
    if (!claim.step().sends()) {
      return;
    }
    require(claim.firstSentAt() != null, "a send is marked before it begins", request);
    Long since = mayHaveActedSince.putIfAbsent(request.charge(), world.clock.now());
    if (claim.step() == Step.SEND) {
      require(since == null, "what may have been sent is not sent for the first time", request);
    } else {
      world.see(Sight.RESENT_IN_WINDOW);
      Duration latest =
          profile.retryHorizon().plus(world.setting.sendWithin()).plus(world.setBackUnseen());
      require(
          since == null || world.clock.since(since).compareTo(latest) <= 0,
          "nothing is sent again outside the safe-resend window",
          request);
    }
  }

  /** A worker knows what an answer proves. */
  void concludes(Claim claim, Answer answer, Finding finding, Result result) {
    if (finding.outcome() == Outcome.APPROVED) {
      String body = answer instanceof Received received ? received.body() : "";
      require(
          body.contains("\"amount\":" + claim.work().amount() + ",")
              && body.contains(PublicId.CHARGE.text(claim.resource().id())),
          "only an answer about this charge and its amount is believed",
          answer);
    }
    if (claim.step() == Step.SEND && finding.outcome() == Outcome.NOT_SENT) {
      mayHaveActedSince.remove(claim.resource().id());
    }
    if (claim.step() == Step.LOOK_UP && result.next() instanceof Conclude) {
      world.see(Sight.UNKNOWN_RESOLVED_BY_LOOK_UP);
    }
    if (claim.step() == Step.CANCEL && result.next() instanceof Conclude end) {
      world.see(end.status() == Status.CANCELED ? Sight.CANCELED_BY_KEY : Sight.CANCEL_MET_PAYMENT);
    }
  }

  /** The fences of the messages of these claims as they are now; null where there is none. */
  List<Long> fences(List<Result> results) {
    List<Long> fences = new ArrayList<>();
    for (Result result : results) {
      Message message = world.memory.messages().get(result.claim().resource().id());
      fences.add(message == null ? null : message.fence);
    }
    return fences;
  }

  /** A worker has recorded; {@code fences} are those of before. */
  void recorded(List<Result> results, List<Long> fences, List<Recorded> recorded) {
    for (int i = 0; i < results.size(); i++) {
      Claim claim = results.get(i).claim();
      if (recorded.get(i) == Recorded.STALE) {
        world.see(Sight.STALE_FENCE_REJECTED);
        continue;
      }
      require(
          fences.get(i) != null && fences.get(i) == claim.fence(),
          "an old fence writes nothing",
          claim);
      leases.remove(claim.resource().id());
      if (results.get(i).next() instanceof Proceed proceed) {
        decided.put(claim.resource().id(), proceed.step());
      } else if (results.get(i).next() instanceof Park) {
        world.see(Sight.PARKED);
      }
    }
  }

  /** After every step: whatever it has touched. */
  void check() {
    List<UUID> touched = world.memory.takeTouched();
    for (Payment effect : world.processor.takeFresh()) {
      checkEffect(effect);
    }
    for (UUID id : touched) {
      checkCharge(world.memory.charges().get(id));
    }
    if (!touched.isEmpty()) {
      audit.check();
    }
  }

  private void checkEffect(Payment effect) {
    Request request = effect.request();
    ChargeRow charge = world.memory.charges().get(request.charge());
    require(
        world.processor.effects(request.name()).size() == 1, "at most one effect a key", effect);
    require(
        request.amount() == charge.accepted.request().amount()
            && request.key().equals(charge.accepted.key()),
        "an effect has its charge's amount and key",
        effect);
    require(
        charge.status != Status.DECLINED && charge.status != Status.CANCELED,
        "what is declined or canceled never takes effect",
        effect);
  }

  private void checkCharge(ChargeRow charge) {
    UUID id = charge.key.charge();
    MemoryStore.Name name = new MemoryStore.Name(charge.key.merchant(), charge.accepted.key());
    UUID first = chargeOf.putIfAbsent(name, id);
    require(first == null || first.equals(id), "one charge a key", charge.accepted);
    int seen = eventsSeen.getOrDefault(id, 0);
    for (int i = seen; i < charge.events.size(); i++) {
      Status from = i == 0 ? Status.PENDING : charge.events.get(i - 1);
      require(
          from.canBecome(charge.events.get(i)),
          "a status moves along the table's edges, and a final one not at all",
          charge.events);
    }
    eventsSeen.put(id, charge.events.size());
    Status last =
        charge.events.isEmpty() ? Status.PENDING : charge.events.get(charge.events.size() - 1);
    require(last == charge.status, "each change of status has its event", charge.events);
    if (seen < charge.events.size()) {
      checkTruth(charge);
    }
  }

  private void checkTruth(ChargeRow charge) {
    Request.Name name =
        new Request.Name(PublicId.MERCHANT.text(charge.key.merchant()), charge.accepted.key());
    List<Payment> effects = world.processor.effects(name);
    switch (charge.status) {
      case SUCCEEDED ->
          require(
              effects.size() == 1 && effects.get(0).id().equals(charge.processorPayment),
              "succeeded means that money was taken",
              charge.accepted);
      case DECLINED ->
          require(
              effects.isEmpty() && world.processor.hasDeclined(name),
              "declined means that the processor declined",
              charge.accepted);
      case CANCELED ->
          require(
              effects.isEmpty()
                  && (world.processor.hasCanceled(name)
                      || !mayHaveActedSince.containsKey(charge.key.charge())),
              "canceled means that no money was taken, nor can be",
              charge.accepted);
      case NEEDS_REVIEW ->
          require(
              world.reviews.mayAsk(charge),
              "a person is asked only where the processor cannot be",
              charge.accepted);
      case PENDING, UNKNOWN -> {}
    }
  }

  /** At the end, when nothing has gone wrong for long enough. */
  void checkEnd() {
    for (ChargeRow charge : world.memory.charges().values()) {
      require(
          charge.status.isFinal() || charge.status == Status.NEEDS_REVIEW,
          "in the end every charge is final or in review",
          charge.key + " is " + charge.status);
    }
    audit.checkEnd();
    for (Message message : world.memory.messages().values()) {
      require(message.step == Step.PARKED, "in the end the outbox is empty", message.resource);
    }
    require(
        world.clients.stream().allMatch(Client::isAnswered),
        "in the end every client is answered",
        "one is not");
  }
}
