package io.onceledger.peers.work;

import com.google.gson.JsonObject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * No peer but a floor: jobs are claimed in hundreds with a lease, and deleted in hundreds. What any
 * queue can reach that claims, then works, then records, and does nothing else.
 */
final class PlainSqlQueue implements Queue {
  private static final String TABLE =
      """
      CREATE TABLE job (
        id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        number       BIGINT NOT NULL,
        kind         TEXT NOT NULL,
        enqueued_at  BIGINT NOT NULL,
        leased_until TIMESTAMPTZ NOT NULL DEFAULT '-infinity'
      )
      """;

  private static final String ENQUEUE =
      """
      INSERT INTO job (number, kind, enqueued_at)
      SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[])
      """;

  /** Two claimers miss each other by SKIP LOCKED, and after the commit by the lease. */
  private static final String CLAIM =
      """
      UPDATE job
      SET leased_until = now() + make_interval(secs => ?)
      WHERE id = ANY (ARRAY(
        SELECT id
        FROM job
        WHERE leased_until < now()
        ORDER BY id
        LIMIT ?
        FOR UPDATE SKIP LOCKED))
      RETURNING id, number, kind, enqueued_at
      """;

  private static final String COMPLETE = "DELETE FROM job WHERE id = ANY (?)";

  private final DataSource database;
  private final JsonObject settings;
  private final List<Thread> claimers = new ArrayList<>();
  private ExecutorService threads;
  private volatile boolean stopping;

  PlainSqlQueue(DataSource database, JsonObject settings) {
    this.database = database;
    this.settings = settings;
  }

  @Override
  public void setUp() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }

  @Override
  public void enqueue(List<Job> jobs) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ENQUEUE)) {
      insert.setArray(1, longs(connection, jobs.stream().map(Job::id).toList()));
      insert.setArray(2, connection.createArrayOf("text", jobs.stream().map(Job::kind).toArray()));
      insert.setArray(3, longs(connection, jobs.stream().map(Job::at).toList()));
      insert.executeUpdate();
    }
  }

  @Override
  public void work(Consumer<Job> run) {
    threads = Executors.newCachedThreadPool();
    for (int i = 0; i < settings.get("claimers").getAsInt(); i++) {
      Thread claimer = new Thread(() -> claim(run), "claimer");
      claimer.start();
      claimers.add(claimer);
    }
  }

  private void claim(Consumer<Job> run) {
    try {
      while (!stopping) {
        List<Claimed> batch = claimed();
        if (batch.isEmpty()) {
          Thread.sleep(settings.get("pauseMillis").getAsInt());
        } else {
          execute(batch, run);
          complete(batch);
        }
      }
    } catch (InterruptedException | SQLException failure) {
      System.err.println(failure);
    }
  }

  /** Jobs that take time run side by side, each on a thread of its own. */
  private void execute(List<Claimed> batch, Consumer<Job> run) throws InterruptedException {
    if (batch.get(0).job().kind().equals("noop")) {
      batch.forEach(claimed -> run.accept(claimed.job()));
    } else {
      threads.invokeAll(
          batch.stream()
              .map(claimed -> Executors.callable(() -> run.accept(claimed.job())))
              .toList());
    }
  }

  private List<Claimed> claimed() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setDouble(1, settings.get("leaseSeconds").getAsDouble());
      claim.setInt(2, settings.get("batchSize").getAsInt());
      List<Claimed> batch = new ArrayList<>();
      try (ResultSet row = claim.executeQuery()) {
        while (row.next()) {
          batch.add(
              new Claimed(
                  row.getLong(1), new Job(row.getLong(2), row.getString(3), row.getLong(4))));
        }
      }
      return batch;
    }
  }

  private void complete(List<Claimed> batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(COMPLETE)) {
      delete.setArray(1, longs(connection, batch.stream().map(Claimed::id).toList()));
      delete.executeUpdate();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    for (Thread claimer : claimers) {
      claimer.join();
    }
    if (threads != null) {
      threads.shutdown();
      threads.awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  private static Array longs(Connection connection, List<Long> numbers) throws SQLException {
    return connection.createArrayOf("bigint", numbers.toArray());
  }

  private record Claimed(long id, Job job) {}
}
