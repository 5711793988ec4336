package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Dispute;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.effect.Result;
import io.onceledger.mockprocessor.idempotency.Pin;
import io.onceledger.mockprocessor.idempotency.RememberedKey;
import io.onceledger.mockprocessor.idempotency.RememberedKeys;
import io.onceledger.mockprocessor.journal.Entry;
import io.onceledger.mockprocessor.summary.Summary;
import io.onceledger.mockprocessor.summary.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Everything that follows from the journal. {@link #apply} is the only way to change it, for an
 * entry just written and for one read back at start alike. Not thread-safe.
 */
final class Books {
  private final RememberedKeys keys;
  private final Refundable refundable = new Refundable();
  private final Disputes disputes = new Disputes();
  private final Tally tally = new Tally();
  private long lastNumber;

  Books(Duration keyRetention) {
    this.keys = new RememberedKeys(keyRetention);
  }

  void retainKeysFor(Duration retention) {
    keys.retainFor(retention);
  }

  Optional<RememberedKey> find(Key key, Instant now) {
    return keys.find(key, now.toEpochMilli());
  }

  RememberedKey use(Key key, Instant now) {
    return keys.use(key, now.toEpochMilli());
  }

  Optional<Reply.Problem> objection(Instruction asked) {
    return refundable.objection(asked);
  }

  Disputes disputes() {
    return disputes;
  }

  Summary summary() {
    return tally.summary();
  }

  /**
   * The number of the next result. They start at the microsecond of the journal's first result, so
   * that a processor whose journal was deleted does not give out the same ids again.
   */
  long nextNumber(Instant now) {
    return lastNumber == 0
        ? Math.max(1, ChronoUnit.MICROS.between(Instant.EPOCH, now))
        : lastNumber + 1;
  }

  void apply(Entry entry) {
    tally.add(entry);
    switch (entry.kind()) {
      case EFFECT, DECLINE -> settle(entry, attempted(entry));
      case FAILED -> attempted(entry).bind(entry.pin(), entry.instruction());
      case ABSORBED, DROPPED, HELD -> attempted(entry);
      case REFUSED -> {
        if (entry.instruction() != null) {
          attempted(entry);
        }
      }
      case CANCEL -> use(entry.key(), entry.at()).bind(Pin.TOMBSTONE, null);
      case DISPUTE_OPENED -> {
        lastNumber = Math.max(lastNumber, entry.number());
        disputes.open(entry);
      }
      case DISPUTE_WON -> disputes.close(entry, Dispute.Status.WON);
      case DISPUTE_LOST -> disputes.close(entry, Dispute.Status.LOST);
      case CANCEL_REFUSED, LOOKUP -> {}
    }
  }

  private RememberedKey attempted(Entry entry) {
    RememberedKey key = use(entry.key(), entry.at());
    if (entry.countsAsRequest()) {
      key.attempted();
    }
    return key;
  }

  private void settle(Entry entry, RememberedKey key) {
    Instruction instruction = entry.instruction();
    lastNumber = Math.max(lastNumber, entry.number());
    key.settle(
        new Result(
            instruction,
            entry.number(),
            entry.declineCode(),
            entry.at().toEpochMilli(),
            key.latest()),
        entry.pin());
    if (entry.declineCode() == null) {
      move(entry.number(), instruction);
    }
  }

  private void move(long number, Instruction instruction) {
    if (instruction.resource() == Resource.PAYMENT) {
      refundable.add(number, instruction);
    } else {
      refundable.take(instruction);
    }
  }
}
