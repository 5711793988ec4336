package io.onceledger.mockprocessor.notification;

import io.onceledger.mockprocessor.fault.NotificationDraw;
import io.onceledger.mockprocessor.journal.JournalReader;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sends a notification of every result and dispute, at least once and never in the way of an
 * answer. It reads the journal as others write it and keeps a few pages of it in memory, however
 * long the ledger is away; the rest waits on disk. Started again, after a kill too, it goes on at
 * the first page that was not finished, so that some come twice, with their old ids.
 *
 * <p>Order is not kept: what fails is tried again later, while others go on. Belongs to the event
 * loop.
 */
public final class Notifier implements Closeable {
  /** Plenty for a ledger that answers in milliseconds; more would compete with the payments. */
  private static final int MOST_UNDER_WAY = 16;

  /** Some two hundred notifications each. */
  private static final int MOST_PAGES = 4;

  private final Vertx vertx;
  private final CardProcessor processor;
  private final LedgerEndpoint ledger;
  private final Retries retries;
  private final Bookmark bookmark;

  private final Deque<Page> pages = new ArrayDeque<>();
  private final Deque<Task> ready = new ArrayDeque<>();
  private final List<Task> heldBack = new ArrayList<>();
  private long position;
  private boolean reading;
  private boolean unreadable;
  private boolean failing;
  private int underWay;
  private long places;
  private volatile boolean hungUp;

  private long delivered;
  private long duplicated;
  private long everHeldBack;
  private long lost;
  private long failedTries;
  private long givenUp;
  private long outstanding;

  private Notifier(
      Vertx vertx,
      CardProcessor processor,
      LedgerEndpoint ledger,
      Retries retries,
      Bookmark bookmark) {
    this.vertx = vertx;
    this.processor = processor;
    this.ledger = ledger;
    this.retries = retries;
    this.bookmark = bookmark;
    this.position = bookmark.position();
  }

  /**
   * Goes on where the last process stopped; the first one ever begins with what happens from now
   * on.
   *
   * @throws IOException if the bookmark in {@code directory} cannot be used
   */
  public static Notifier start(
      Vertx vertx,
      CardProcessor processor,
      Clock clock,
      Path directory,
      NotificationSettings settings)
      throws IOException {
    Bookmark bookmark = Bookmark.open(directory, processor.journalEnd());
    Context loop = vertx.getOrCreateContext();
    LedgerEndpoint ledger =
        new LedgerEndpoint(loop, settings.url(), settings.signer(), clock, MOST_UNDER_WAY);
    Notifier notifier = new Notifier(vertx, processor, ledger, settings.retries(), bookmark);
    processor.listen(entry -> notifier.read());
    loop.runOnContext(started -> notifier.read());
    return notifier;
  }

  public NotificationFigures figures() {
    return new NotificationFigures(
        true,
        delivered,
        duplicated,
        everHeldBack,
        lost,
        failedTries,
        givenUp,
        outstanding,
        processor.journalEnd() - position);
  }

  /** Sends nothing any more. Before the event loop stops, which would hear of it. */
  public Future<Void> hangUp() {
    hungUp = true;
    return ledger.close();
  }

  /** Only once the event loop has stopped. */
  @Override
  public void close() throws IOException {
    bookmark.close();
  }

  /** Reads the next page, unless there is none, or enough to do already. */
  private void read() {
    if (reading || pages.size() >= MOST_PAGES || position >= processor.journalEnd()) {
      return;
    }
    reading = true;
    JournalReader journal;
    try {
      journal = processor.journalFrom(position);
    } catch (IOException e) {
      unreadable(e);
      return;
    }
    vertx
        .executeBlocking(() -> Page.read(journal))
        .onSuccess(this::take)
        .onFailure(this::unreadable);
  }

  private void take(Page page) {
    reading = false;
    unreadable = false;
    position = page.end();
    pages.add(page);
    page.notifications().forEach(notification -> admit(notification, page));
    turnPages();
    send();
  }

  /** Whoever writes the next line makes it try again. */
  private void unreadable(Throwable failure) {
    reading = false;
    if (!unreadable) {
      System.err.println("Notifications: the journal cannot be read: " + failure.getMessage());
    }
    unreadable = true;
  }

  private void admit(Notification notification, Page page) {
    NotificationDraw draw = processor.drawNotification();
    long place = places++;
    if (draw.lost()) {
      lost++;
      return;
    }
    duplicated += draw.duplicated() ? 1 : 0;
    everHeldBack += draw.overtakenBy() > 0 ? 1 : 0;
    for (int copies = draw.duplicated() ? 2 : 1; copies > 0; copies--) {
      page.opened();
      outstanding++;
      Task task = new Task(notification, page, place, draw.overtakenBy());
      if (draw.overtakenBy() > 0) {
        holdBack(task);
      } else {
        ready.add(task);
      }
    }
  }

  private void holdBack(Task task) {
    heldBack.add(task);
    task.letGoBy(
        vertx.setTimer(
            // Vert.x knows no timer of 0 ms.
            Math.max(1, processor.faults().notificationHoldMs()),
            timer -> {
              heldBack.remove(task);
              ready.add(task);
              send();
            }));
  }

  /** While the ledger does not take them, one at a time is enough to see when it does again. */
  private void send() {
    while (!hungUp && !ready.isEmpty() && underWay < (failing ? 1 : MOST_UNDER_WAY)) {
      Task task = ready.remove();
      underWay++;
      ledger
          .post(task.notification())
          .onComplete(
              answer -> {
                if (hungUp) {
                  return; // It goes out again after the next start.
                }
                underWay--;
                if (answer.succeeded()) {
                  delivered(task);
                } else {
                  failed(task, answer.cause());
                }
                send();
              });
    }
  }

  private void delivered(Task task) {
    if (failing) {
      System.out.println("Notifications: " + ledger + " takes them again");
    }
    failing = false;
    delivered++;
    letGoOf(task);
    finish(task);
  }

  /** Lets go of those that were held back until enough others had come before them. */
  private void letGoOf(Task delivered) {
    heldBack.removeIf(
        task -> {
          boolean overtaken = task.overtakenBy(delivered);
          if (overtaken) {
            vertx.cancelTimer(task.timer());
            ready.add(task);
          }
          return overtaken;
        });
  }

  private void failed(Task task, Throwable why) {
    if (!failing) {
      // Once, and not for each of thousands: until one is delivered again.
      System.err.printf(
          "Notifications: %s does not take them (%s); trying on%n", ledger, why.getMessage());
    }
    failing = true;
    failedTries++;
    int tried = task.failed();
    if (retries.exhausted(tried)) {
      givenUp++;
      finish(task);
      return;
    }
    vertx.setTimer(
        Math.max(1, retries.pauseMs(tried)),
        timer -> {
          ready.add(task);
          send();
        });
  }

  private void finish(Task task) {
    outstanding--;
    task.page().finished();
    turnPages();
  }

  /** Moves the bookmark over the pages that are finished, and reads on. */
  private void turnPages() {
    long end = bookmark.position();
    while (!pages.isEmpty() && pages.peek().isFinished()) {
      end = pages.remove().end();
    }
    if (end > bookmark.position()) {
      try {
        bookmark.move(end);
      } catch (IOException e) {
        System.err.println("Notifications: the bookmark cannot be moved: " + e.getMessage());
      }
    }
    read();
  }
}
