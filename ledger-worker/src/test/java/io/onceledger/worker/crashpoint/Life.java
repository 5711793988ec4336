package io.onceledger.worker.crashpoint;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * What a process and its threads share: whether it runs, hangs or is dead, its connections, and its
 * monotonic clock. Whatever it does to the world outside passes here first. Any thread.
 */
final class Life {

  private enum State {
    RUNNING,
    HANGING,
    DEAD
  }

  private final String name;
  private final Course course;
  private final Sessions sessions;
  private final Set<Connection> connections = new HashSet<>();
  private final List<Promise<Void>> held = new ArrayList<>();
  private State state = State.RUNNING;
  private boolean resumed;
  private final LongSupplier aheadNanos;
  private int turns;
  private boolean awaitsTurn;

  /**
   * A process that has just started.
   *
   * @param aheadNanos by how much its clock is ahead of ours
   */
  Life(String name, Course course, Sessions sessions, LongSupplier aheadNanos) {
    this.name = name;
    this.course = course;
    this.sessions = sessions;
    this.aheadNanos = aheadNanos;
  }

  String name() {
    return name;
  }

  Course course() {
    return course;
  }

  synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  synchronized boolean isHanging() {
    return state == State.HANGING;
  }

  /** Whether it goes on although its work was taken over. */
  synchronized boolean isResumed() {
    return resumed;
  }

  /** Its monotonic clock. */
  long nanoTime() {
    return System.nanoTime() + aheadNanos.getAsLong();
  }

  /**
   * Passes a boundary, or does not.
   *
   * @param connection that is used there; null before there is one
   */
  void pass(Boundary boundary, Connection connection) throws SQLException {
    awaitRunning();
    Kind kind = course.pass(boundary).orElse(null);
    if (kind == null) {
      return;
    }
    switch (kind) {
      case CRASH -> kill();
      case HANG -> hang();
      case DISCONNECT -> disconnect(boundary, connection);
      case EXCEPTION -> throw new IllegalStateException("struck: " + boundary);
    }
    awaitRunning();
  }

  /** As {@link #pass}, on an event loop: it fails there, or completes when the process goes on. */
  Future<Void> passAsync(Boundary boundary) {
    Future<Void> running = running();
    if (!running.isComplete() || running.failed()) {
      return running;
    }
    Kind kind = course.pass(boundary).orElse(null);
    if (kind == null) {
      return running;
    }
    switch (kind) {
      case CRASH -> kill();
      case HANG -> hang();
      case DISCONNECT -> {
        return Future.failedFuture(new ConnectException("struck: " + boundary));
      }
      case EXCEPTION -> throw new IllegalStateException("struck: " + boundary);
    }
    return running();
  }

  private void disconnect(Boundary boundary, Connection connection) throws SQLException {
    if (connection != null) {
      sessions.end(connection);
    }
    // Elsewhere the next statement finds out by itself.
    if (connection == null || boundary.point().equals(Points.AFTER_COMMIT)) {
      throw new SQLException("struck: " + boundary, "08006");
    }
  }

  /** Ends it, here and now. */
  synchronized void kill() {
    state = State.DEAD;
    connections.forEach(sessions::end);
    held.forEach(promise -> promise.tryFail(new Killed(name)));
    notifyAll();
  }

  /** Stops it; the server ends its transactions. */
  synchronized void hang() {
    state = State.HANGING;
    connections.stream().filter(Life::isInTransaction).forEach(sessions::end);
    notifyAll();
  }

  private static boolean isInTransaction(Connection connection) {
    try {
      return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets it go on. */
  void resume() {
    List<Promise<Void>> continuing;
    synchronized (this) {
      state = State.RUNNING;
      resumed = true;
      continuing = List.copyOf(held);
      held.clear();
      notifyAll();
    }
    continuing.forEach(Promise::complete);
  }

  /** Returns while it runs; a thread of a dead process goes no further. */
  synchronized void awaitRunning() {
    await(() -> state != State.HANGING);
    if (state == State.DEAD) {
      throw new Killed(name);
    }
  }

  private synchronized Future<Void> running() {
    return switch (state) {
      case RUNNING -> Future.succeededFuture();
      case DEAD -> Future.failedFuture(new Killed(name));
      case HANGING -> {
        Promise<Void> promise = Promise.promise();
        held.add(promise);
        yield promise.future();
      }
    };
  }

  /** Waits until it is told to: so that one thing happens after the other. */
  synchronized void awaitTurn() {
    awaitsTurn = true;
    await(() -> turns > 0 || state == State.DEAD);
    awaitsTurn = false;
    turns = Math.max(0, turns - 1);
    awaitRunning();
  }

  /** Lets {@link #awaitTurn} return once. */
  synchronized void giveTurn() {
    turns++;
    notifyAll();
  }

  synchronized boolean isAwaitingTurn() {
    return awaitsTurn && turns == 0;
  }

  synchronized void opened(Connection connection) {
    connections.add(connection);
  }

  synchronized void closed(Connection connection) {
    connections.remove(connection);
  }

  private synchronized void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Told to end: whoever hangs then, or has no turn, never will.
        state = State.DEAD;
        throw new Killed(name);
      }
    }
  }
}
