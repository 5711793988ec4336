package io.onceledger.peers.work;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One process of a Java peer. Commands come in as lines; each is answered with {@code done} or
 * {@code failed REASON}:
 *
 * <pre>
 * setup                creates the tables
 * enqueue COUNT KIND   adds jobs, durably
 * work                 begins to work; then {@link Report}
 * stop                 ends when what has begun is written
 * </pre>
 *
 * The end of the input ends the process too: none outlives a harness that was killed.
 *
 * <p>Argument: the peer. Environment: PEERS_JDBC_URL, PEERS_USER, PEERS_PASSWORD, PEERS_SETTINGS
 * (JSON), PEERS_PROCESSOR.
 */
public final class Worker {
  /** Jobs per call: what the peers' own bulk calls take without trouble. */
  private static final int BATCH = 1000;

  private final Queue queue;
  private final Jobs jobs;
  private final Report report;
  private long lastId;

  private Worker(Queue queue, Jobs jobs, Report report) {
    this.queue = queue;
    this.jobs = jobs;
    this.report = report;
  }

  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    JsonObject settings = new Gson().fromJson(environment.get("PEERS_SETTINGS"), JsonObject.class);
    HikariDataSource pool = pool(environment, settings.get("pool").getAsInt());
    Queue queue =
        switch (arguments[0]) {
          case "db-scheduler" -> new DbSchedulerQueue(pool, settings);
          case "transaction-outbox" -> new TransactionOutboxQueue(pool, settings);
          case "plain-sql" -> new PlainSqlQueue(pool, settings);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    Report report = new Report();
    Worker worker = new Worker(queue, new Jobs(environment.get("PEERS_PROCESSOR"), report), report);
    System.out.println("ready");
    worker.obey();
    System.exit(1);
  }

  private void obey() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = commands.readLine()) != null) {
      try {
        execute(line.split(" ", -1));
        System.out.println("done");
        if (line.equals("stop")) {
          System.exit(0);
        }
      } catch (Exception failure) {
        System.out.println("failed " + failure.toString().replaceAll("\\R", " "));
      }
    }
  }

  private void execute(String[] words) throws Exception {
    switch (words[0]) {
      case "setup" -> queue.setUp();
      case "enqueue" -> enqueue(Integer.parseInt(words[1]), words[2]);
      case "work" -> {
        report.start();
        queue.work(jobs::run);
      }
      case "stop" -> queue.close();
      default -> throw new IllegalArgumentException("no such command");
    }
  }

  private void enqueue(int count, String kind) throws Exception {
    for (int left = count; left > 0; left -= BATCH) {
      long at = System.currentTimeMillis();
      List<Job> batch = new ArrayList<>();
      for (int i = 0; i < Math.min(left, BATCH); i++) {
        batch.add(new Job(++lastId, kind, at));
      }
      queue.enqueue(batch);
    }
  }

  private static HikariDataSource pool(Map<String, String> environment, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(environment.get("PEERS_JDBC_URL"));
    config.setUsername(environment.get("PEERS_USER"));
    config.setPassword(environment.get("PEERS_PASSWORD"));
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }
}
