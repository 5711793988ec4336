package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Result;
import io.onceledger.mockprocessor.fault.Caches;
import io.onceledger.mockprocessor.fault.Fate;
import io.onceledger.mockprocessor.fault.Fault;
import io.onceledger.mockprocessor.fault.Faults;
import io.onceledger.mockprocessor.idempotency.Pin;
import io.onceledger.mockprocessor.idempotency.RememberedKey;
import io.onceledger.mockprocessor.journal.Entry;
import io.onceledger.mockprocessor.journal.Kind;
import java.util.Optional;

/**
 * What becomes of one attempt: the line to write, and the reply to give once it is written. Made by
 * reading alone; nothing changes before the entry is applied.
 */
record Decision(Entry entry, Reply reply) {
  private static final Reply.Problem RATE_LIMITED =
      new Reply.Problem(429, "rate_limited", "too many requests; wait as Retry-After says");
  private static final Reply.Problem FAILED =
      new Reply.Problem(500, "internal_error", "something went wrong; was it before the effect?");
  private static final Reply.Problem GONE =
      new Reply.Problem(410, "key_canceled", "this key was canceled and can never take effect");
  private static final Reply.Problem REUSED =
      new Reply.Problem(
          422, "idempotency_key_reused", "this key belongs to a request with other parameters");

  static Decision on(Attempt attempt, RememberedKey key, Faults faults, Books books) {
    return switch (attempt.fault()) {
      case RATE_LIMIT -> refuse(attempt, RATE_LIMITED);
      case DROP -> of(attempt, Kind.DROPPED, new Reply.HangUp());
      case SILENCE -> of(attempt, Kind.DROPPED, later(faults, Optional.empty()));
      case HANG -> of(attempt, Kind.HELD, later(faults, Optional.of(attempt)));
      case ERROR_BEFORE_EFFECT, ERROR_AFTER_EFFECT, LOST_ACK, GARBAGE, NONE ->
          underKey(attempt, key, faults.caches(), books);
    };
  }

  private static Decision underKey(Attempt attempt, RememberedKey key, Caches caches, Books books) {
    return switch (key.verdict(attempt.asked())) {
      case ACT -> act(attempt, key, caches, books);
      case REPEAT_RESULT -> {
        Entry entry = Entry.of(attempt.at(), Kind.ABSORBED, key.latest());
        yield of(attempt, entry, new Reply.Answer(200, key.latest()));
      }
      case REPEAT_FAILURE -> of(attempt, Kind.ABSORBED, FAILED);
      case CANCELED -> refuse(attempt, GONE);
      case OTHER_PARAMETERS -> refuse(attempt, REUSED);
    };
  }

  private static Decision act(Attempt attempt, RememberedKey key, Caches caches, Books books) {
    Instruction asked = attempt.asked();
    Pin pinOfFailure = caches == Caches.ALL ? Pin.FAILURE : Pin.NOTHING;
    if (attempt.fault() == Fault.ERROR_BEFORE_EFFECT) {
      Entry entry = Entry.of(attempt.at(), Kind.FAILED, asked).pinning(pinOfFailure);
      return of(attempt, entry, FAILED);
    }
    Optional<Reply.Problem> objection = books.objection(asked);
    if (objection.isPresent()) {
      return refuse(attempt, objection.get());
    }
    long number = books.nextNumber(attempt.at());
    String code = declineCode(attempt);
    Result result = new Result(asked, number, code, attempt.at().toEpochMilli(), key.latest());
    boolean fails = attempt.fault() == Fault.ERROR_AFTER_EFFECT;
    Entry entry =
        Entry.of(attempt.at(), code == null ? Kind.EFFECT : Kind.DECLINE, result)
            .pinning(fails ? pinOfFailure : Pin.RESULT);
    return of(attempt, entry, replyToAct(attempt.fault(), result));
  }

  private static Reply replyToAct(Fault fault, Result result) {
    return switch (fault) {
      case ERROR_AFTER_EFFECT -> FAILED;
      case GARBAGE -> new Reply.Garbage();
      default -> new Reply.Answer(201, result);
    };
  }

  private static String declineCode(Attempt attempt) {
    return Fate.declineCode(attempt.asked().source())
        .orElse(attempt.declines() ? Fate.CARD_DECLINED : null);
  }

  private static Reply later(Faults faults, Optional<Attempt> held) {
    return new Reply.HangUpLater(faults.hangMs(), held);
  }

  private static Decision refuse(Attempt attempt, Reply.Problem problem) {
    return of(attempt, Kind.REFUSED, problem);
  }

  private static Decision of(Attempt attempt, Kind kind, Reply reply) {
    return of(attempt, Entry.of(attempt.at(), kind, attempt.asked()), reply);
  }

  /** A lost acknowledgement can hit any answer, also to a request that only repeats. */
  private static Decision of(Attempt attempt, Entry entry, Reply reply) {
    Reply heard = attempt.fault() == Fault.LOST_ACK ? new Reply.HangUp() : reply;
    int status = attempt.late() ? 0 : heard.status();
    return new Decision(entry.arrived(attempt.late(), attempt.inFlight()).answered(status), heard);
  }
}
