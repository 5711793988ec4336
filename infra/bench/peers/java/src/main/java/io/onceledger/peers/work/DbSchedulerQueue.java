package io.onceledger.peers.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.google.gson.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** db-scheduler: one-time tasks. Settings have the names of its builder's methods. */
final class DbSchedulerQueue implements Queue {
  /** The columns and indexes that its documentation gives for PostgreSQL, without priorities. */
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name            TEXT NOT NULL,
        task_instance        TEXT NOT NULL,
        task_data            BYTEA,
        execution_time       TIMESTAMPTZ NOT NULL,
        picked               BOOLEAN NOT NULL,
        picked_by            TEXT,
        last_success         TIMESTAMPTZ,
        last_failure         TIMESTAMPTZ,
        consecutive_failures INT,
        last_heartbeat       TIMESTAMPTZ,
        version              BIGINT NOT NULL,
        priority             SMALLINT,
        PRIMARY KEY (task_name, task_instance)
      );
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  private static final TaskDescriptor<Job> JOB = TaskDescriptor.of("job", Job.class);

  private final DataSource database;
  private final JsonObject settings;
  private SchedulerClient client;
  private Scheduler scheduler;

  DbSchedulerQueue(DataSource database, JsonObject settings) {
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
  public void enqueue(List<Job> jobs) {
    if (client == null) {
      client = SchedulerClient.Builder.create(database).build();
    }
    Stream<TaskInstance<?>> instances =
        jobs.stream().map(job -> JOB.instance(Long.toString(job.id())).data(job).build());
    client.scheduleBatch(instances, Instant.now());
  }

  @Override
  public void work(Consumer<Job> run) {
    OneTimeTask<Job> task =
        Tasks.oneTime(JOB).execute((instance, context) -> run.accept(instance.getData()));
    scheduler =
        Scheduler.create(database, task)
            .schedulerName(new SchedulerName.Fixed("worker-" + ProcessHandle.current().pid()))
            .threads(integer("threads"))
            .pollUsingLockAndFetch(fraction("lower"), fraction("upper"))
            .pollingInterval(Duration.ofMillis(integer("pollingIntervalMillis")))
            .heartbeatInterval(Duration.ofMillis(integer("heartbeatIntervalMillis")))
            .missedHeartbeatsLimit(integer("missedHeartbeatsLimit"))
            .build();
    scheduler.start();
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.stop();
    }
  }

  private int integer(String name) {
    return settings.get(name).getAsInt();
  }

  private double fraction(String name) {
    return settings.get(name).getAsDouble();
  }
}
