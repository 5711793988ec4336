package io.onceledger.simulation;

import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.onceledger.worker.processor.Answer.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The card processor, and the truth about money. It keeps the promises of its profile and not one
 * more: a key is forgotten with its result and its tombstone when the retention has passed since
 * its first use, and after a failure that is not pinned a request acts anew.
 */
final class Processor {

  private enum Pin {
    NOTHING,
    RESULT,
    FAILURE,
    TOMBSTONE
  }

  private static final class Key {
    final long since;
    Pin pin = Pin.NOTHING;
    Payment latest;

    Key(long since) {
      this.since = since;
    }
  }

  private final World world;
  private final ProcessorProfile profile;
  private final Map<Request.Name, Key> keys = new HashMap<>();
  private final Map<Request.Name, List<Payment>> effects = new HashMap<>();
  private final Set<Request.Name> refused = new HashSet<>();
  private final Set<Request.Name> declines = new HashSet<>();
  private final Set<Request.Name> canceled = new HashSet<>();
  private final List<Payment> fresh = new ArrayList<>();
  private int payments;

  Processor(World world) {
    this.world = world;
    this.profile = world.setting.profile();
  }

  /** Does what is asked; {@code late} when the caller has given up already. */
  Received answer(Request request, boolean late) {
    return switch (request.step()) {
      case SEND, RESEND -> pay(request, late);
      case LOOK_UP -> lookUp(request.name());
      case CANCEL -> cancel(request.name());
      case PARKED -> throw new IllegalStateException("a parked message makes no call");
    };
  }

  private Received pay(Request request, boolean late) {
    if (world.chance.strikes(Fault.RATE_LIMITED)) {
      return new Received(429, Optional.of(Duration.ofSeconds(1)), "{}", 1);
    }
    if (world.chance.strikes(Fault.UNAUTHORIZED)) {
      return received(401, "{}");
    }
    Key key = use(request.name());
    return switch (key.pin) {
      case TOMBSTONE -> {
        world.see(late ? Sight.LATE_REQUEST_MET_TOMBSTONE : Sight.RESEND_ABSORBED);
        yield received(410, "{}");
      }
      case RESULT -> {
        world.see(Sight.RESEND_ABSORBED);
        yield received(200, key.latest.json());
      }
      case FAILURE -> {
        world.see(Sight.RESEND_ABSORBED);
        yield received(500, "{}");
      }
      case NOTHING -> act(request, key, late);
    };
  }

  private Received act(Request request, Key key, boolean late) {
    Pin failure = profile.caches() == Caches.ALL ? Pin.FAILURE : Pin.NOTHING;
    // What the processor refuses for what it is, it refuses always.
    if (key.latest == null
        && (refused.contains(request.name()) || world.chance.strikes(Fault.REJECTED))) {
      refused.add(request.name());
      return received(422, "{}");
    }
    if (world.chance.strikes(Fault.ERROR_BEFORE_EFFECT)) {
      key.pin = failure;
      return received(500, "{}");
    }
    String declined = world.chance.strikes(Fault.DECLINED) ? "card_declined" : null;
    Payment payment =
        new Payment("pay_" + ++payments, request, world.clock.now(), declined, key.latest);
    key.latest = payment;
    if (declined != null) {
      declines.add(request.name());
    }
    if (payment.tookMoney()) {
      effects.computeIfAbsent(request.name(), name -> new ArrayList<>()).add(payment);
      fresh.add(payment);
      if (late) {
        world.see(Sight.LATE_EFFECT);
      }
    }
    if (world.chance.strikes(Fault.ERROR_AFTER_EFFECT)) {
      if (payment.tookMoney()) {
        world.see(Sight.ACTED_THEN_500);
      }
      key.pin = failure;
      return received(500, "{}");
    }
    key.pin = Pin.RESULT;
    return told(payment);
  }

  private Received told(Payment payment) {
    Request request = payment.request();
    if (world.chance.strikes(Fault.GARBAGE)) {
      return received(200, "<html>");
    }
    if (world.chance.strikes(Fault.WRONG_AMOUNT)) {
      return received(200, payment.json(request.amount() + 1, request.reference()));
    }
    if (world.chance.strikes(Fault.ANOTHER_CHARGE)) {
      return received(200, payment.json(request.amount(), "ch_of_someone_else"));
    }
    return received(201, payment.json());
  }

  private Received lookUp(Request.Name name) {
    Key key = keys.get(name);
    if (key != null && isForgotten(key)) {
      world.see(Sight.KEY_EXPIRED);
      key = null;
    }
    long visible = world.clock.now() - world.setting.lookUpLag().toMillis();
    Payment payment = key == null ? null : key.latest;
    while (payment != null && payment.at() > visible) {
      payment = payment.earlier();
    }
    return payment == null ? received(404, "{}") : received(200, payment.json());
  }

  private Received cancel(Request.Name name) {
    Key key = use(name);
    if (key.latest != null) {
      return received(409, key.latest.json());
    }
    key.pin = Pin.TOMBSTONE;
    canceled.add(name);
    return received(200, "{\"status\":\"canceled\"}");
  }

  private Key use(Request.Name name) {
    Key known = keys.get(name);
    if (known != null && !isForgotten(known)) {
      return known;
    }
    if (known != null) {
      world.see(Sight.KEY_EXPIRED);
    }
    Key key = new Key(world.clock.now());
    keys.put(name, key);
    return key;
  }

  private boolean isForgotten(Key key) {
    // What nobody could see is no part of any promise.
    Duration remembered = profile.keyRetention().plus(world.setBackUnseen());
    return world.clock.since(key.since).compareTo(remembered) >= 0;
  }

  private static Received received(int status, String body) {
    return new Received(status, Optional.empty(), body, 1);
  }

  /** All that ever took money under a key, forgotten or not. */
  List<Payment> effects(Request.Name name) {
    return effects.getOrDefault(name, List.of());
  }

  /** Whether it ever declined or refused a key. */
  boolean hasDeclined(Request.Name name) {
    return declines.contains(name) || refused.contains(name);
  }

  /** Whether a tombstone was ever laid on a key. */
  boolean hasCanceled(Request.Name name) {
    return canceled.contains(name);
  }

  /** The effects since the last call. */
  List<Payment> takeFresh() {
    List<Payment> taken = List.copyOf(fresh);
    fresh.clear();
    return taken;
  }
}
