package io.onceledger.bench.floor;

import io.onceledger.bench.rig.Database;
import io.onceledger.standalone.demo.GivenUpException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The floor where there is no pgbench: a thread for each connection. */
final class JdbcFloor {
  private static final long SPACE = 1L << 32;

  private JdbcFloor() {}

  static double rate(int port, String statement, int seconds) {
    ExecutorService threads = Executors.newFixedThreadPool(Floor.CONNECTIONS);
    try {
      long begin = System.nanoTime();
      long end = begin + TimeUnit.SECONDS.toNanos(seconds);
      List<Callable<Long>> clients = new ArrayList<>();
      for (int i = 0; i < Floor.CONNECTIONS; i++) {
        clients.add(() -> commits(port, statement, end));
      }
      long commits = 0;
      for (Future<Long> client : threads.invokeAll(clients)) {
        commits += client.get();
      }
      return commits / ((System.nanoTime() - begin) / 1e9);
    } catch (ExecutionException failure) {
      throw new GivenUpException("the floor: " + failure.getCause().getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("interrupted");
    } finally {
      threads.shutdownNow();
    }
  }

  private static long commits(int port, String sql, long end) throws SQLException {
    try (Connection connection = Database.connect(port);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      long commits = 0;
      ThreadLocalRandom random = ThreadLocalRandom.current();
      for (; System.nanoTime() < end; commits++) {
        statement.setLong(1, random.nextLong(SPACE));
        statement.setLong(2, random.nextLong(Long.MAX_VALUE));
        statement.executeUpdate();
      }
      return commits;
    }
  }
}
