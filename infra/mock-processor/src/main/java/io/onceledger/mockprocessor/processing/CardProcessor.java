package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Dispute;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.effect.Result;
import io.onceledger.mockprocessor.fault.Draw;
import io.onceledger.mockprocessor.fault.Fate;
import io.onceledger.mockprocessor.fault.Fault;
import io.onceledger.mockprocessor.fault.Faults;
import io.onceledger.mockprocessor.fault.NotificationDraw;
import io.onceledger.mockprocessor.idempotency.Pin;
import io.onceledger.mockprocessor.idempotency.RememberedKey;
import io.onceledger.mockprocessor.journal.Entry;
import io.onceledger.mockprocessor.journal.Journal;
import io.onceledger.mockprocessor.journal.JournalReader;
import io.onceledger.mockprocessor.journal.Kind;
import io.onceledger.mockprocessor.summary.Summary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one authority over keys and money. Whatever it returns has been written to the journal
 * before; if that fails it throws {@link java.io.UncheckedIOException} and nothing has happened.
 *
 * <p>Belongs to one thread, the event loop: that is what orders cancel and effect of a key.
 */
public final class CardProcessor implements Closeable {
  private final Clock clock;
  private final Books books;
  private final Journal journal;
  private Faults faults;
  private long requestsUnderSeed;
  private long notificationsUnderSeed;
  private Consumer<Entry> listener = entry -> {};

  private CardProcessor(Clock clock, Books books, Journal journal, Faults faults) {
    this.clock = clock;
    this.books = books;
    this.journal = journal;
    this.faults = faults;
  }

  /** Takes up where the journal in a directory ends. */
  public static CardProcessor open(Path directory, Clock clock, Faults faults) throws IOException {
    Books books = new Books(faults.keyRetention());
    Journal journal = Journal.open(directory, books::apply);
    return new CardProcessor(clock, books, journal, faults);
  }

  /** What chance has in store for the next request. */
  public Draw draw() {
    return Draw.of(faults, requestsUnderSeed++);
  }

  /** What chance has in store for the next notification. */
  public NotificationDraw drawNotification() {
    return NotificationDraw.of(faults, notificationsUnderSeed++);
  }

  /** Has every entry told to one listener, on this thread, as soon as it is written. */
  public void listen(Consumer<Entry> toEntries) {
    listener = toEntries;
  }

  public Reply accept(Instruction asked, Draw draw, int inFlight) {
    Instant now = clock.instant();
    RememberedKey key = books.use(asked.key(), now);
    Fault fault = Fate.fault(asked.source(), key.attempts() + 1).orElse(draw.fault());
    return decide(new Attempt(now, asked, fault, draw.declines(), false, inFlight), key);
  }

  /** Takes up a request that was held back, under what its key has come to in the meantime. */
  public void finish(Attempt held) {
    Instant now = clock.instant();
    decide(held.resumed(now), books.use(held.asked().key(), now));
  }

  /** Records a request that could not be read. */
  public void refuse(Resource resource, int status, int inFlight) {
    Entry entry = Entry.of(clock.instant(), Kind.REFUSED, resource);
    commit(entry.arrived(false, inFlight).answered(status));
  }

  /** The result of a key, if it has one that look-up shows by now. */
  public Optional<Result> find(Key key) {
    Instant now = clock.instant();
    long visibleUntil = now.toEpochMilli() - faults.lookupLagMs();
    Optional<Result> found = books.find(key, now).map(known -> known.latestUntil(visibleUntil));
    commit(
        found
            .map(result -> Entry.of(now, Kind.LOOKUP, result))
            .orElseGet(() -> Entry.of(now, Kind.LOOKUP, key)));
    return found;
  }

  /** Lays a tombstone on a key, unless it has come to a result, which is returned then. */
  public Optional<Result> cancel(Key key) {
    Instant now = clock.instant();
    RememberedKey known = books.use(key, now);
    if (known.latest() != null) {
      commit(Entry.of(now, Kind.CANCEL_REFUSED, known.latest()).answered(409));
      return Optional.of(known.latest());
    }
    Pin pin = known.canceled() ? Pin.NOTHING : Pin.TOMBSTONE;
    commit(Entry.of(now, Kind.CANCEL, key).pinning(pin).answered(200));
    return Optional.empty();
  }

  /**
   * Opens a dispute, unless the payment has had one: two of them could not be told apart in a
   * settlement, whose lines are named by type, payment and reference.
   *
   * @param payment the line in which it took effect
   * @param amount minor units, at most the payment's
   */
  public Optional<Dispute> dispute(Entry payment, long amount) {
    String id = Resource.PAYMENT.id(payment.number());
    if (books.disputes().isDisputed(id)) {
      return Optional.empty();
    }
    Instruction paid = payment.instruction();
    Key key = new Key(Resource.DISPUTE, paid.key().merchantAccount(), paid.key().value());
    Instruction back = new Instruction(key, amount, paid.currency(), id, paid.reference());
    Instant now = clock.instant();
    Dispute dispute = new Dispute(back, books.nextNumber(now), Dispute.Status.OPEN);
    commit(Entry.of(now, dispute));
    return Optional.of(dispute);
  }

  public Optional<Dispute> findDispute(String id) {
    return books.disputes().find(id);
  }

  /** Ends a dispute that is open. */
  public Dispute close(Dispute open, Dispute.Status verdict) {
    Dispute closed = open.closed(verdict);
    commit(Entry.of(clock.instant(), closed));
    return closed;
  }

  public Summary summary() {
    return books.summary();
  }

  /** A reader of the journal as it is now. */
  public JournalReader journal() throws IOException {
    return journal.reader();
  }

  /** A reader of the journal as it is now, from the start of a line on. */
  public JournalReader journalFrom(long position) throws IOException {
    return journal.readerFrom(position);
  }

  /** Where the journal's next line will begin. */
  public long journalEnd() {
    return journal.end();
  }

  public Faults faults() {
    return faults;
  }

  /**
   * Changes what goes wrong from now on.
   *
   * @param reseeds whether to start the sequence of draws again
   */
  public void change(Faults newFaults, boolean reseeds) {
    faults = newFaults;
    books.retainKeysFor(newFaults.keyRetention());
    requestsUnderSeed = reseeds ? 0 : requestsUnderSeed;
    notificationsUnderSeed = reseeds ? 0 : notificationsUnderSeed;
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }

  private Reply decide(Attempt attempt, RememberedKey key) {
    Decision decision = Decision.on(attempt, key, faults, books);
    commit(decision.entry());
    return decision.reply();
  }

  private void commit(Entry entry) {
    journal.append(entry);
    books.apply(entry);
    listener.accept(entry);
  }
}
