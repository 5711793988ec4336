package io.onceledger.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is measured. */
enum Peer {
  GRAPHILE_WORKER(
      "graphile-worker",
      "graphile_worker",
      "SELECT FROM graphile_worker._private_jobs",
      null,
      1_000_000),
  PG_BOSS("pg-boss", "pgboss", "SELECT FROM pgboss.job WHERE state < 'completed'", null, 1_000_000),
  DB_SCHEDULER(
      "db-scheduler",
      "db_scheduler",
      "SELECT FROM db_scheduler.scheduled_tasks",
      "db-scheduler",
      500_000),
  TRANSACTION_OUTBOX(
      "transaction-outbox",
      "transaction_outbox",
      "SELECT FROM transaction_outbox.txno_outbox",
      "transactionoutbox-core",
      200_000),
  /** A floor of our own, measured only if it is named. */
  PLAIN_SQL("plain-sql", "plain_sql", "SELECT FROM plain_sql.job", "postgresql", 2_000_000);

  /** Who is measured if nobody is named. */
  static final List<Peer> OTHERS =
      List.of(GRAPHILE_WORKER, PG_BOSS, DB_SCHEDULER, TRANSACTION_OUTBOX);

  private final String label;
  private final String schema;
  private final String left;

  /** The name of the library's jar; null for a peer on Node.js, whose process knows its version. */
  private final String jar;

  private final int backlog;

  Peer(String label, String schema, String left, String jar, int backlog) {
    this.label = label;
    this.schema = schema;
    this.left = left;
    this.jar = jar;
    this.backlog = backlog;
  }

  static Optional<Peer> labelled(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  String label() {
    return label;
  }

  String schema() {
    return schema;
  }

  /** Selects the jobs that are waiting or running. */
  String left() {
    return left;
  }

  /** Jobs that keep it busy for about 100 s on two cores. */
  int backlog() {
    return backlog;
  }

  List<String> command(Installation installation) {
    return jar == null ? installation.nodeWorker(label) : installation.javaWorker(label);
  }

  Map<String, Object> settings(Scenario scenario) {
    return Settings.of(this, scenario);
  }

  String jarVersion() {
    Matcher name =
        Pattern.compile(Pattern.quote(jar) + "-([0-9][^/]*)\\.jar")
            .matcher(System.getProperty("java.class.path"));
    return name.find() ? name.group(1) : "";
  }
}
