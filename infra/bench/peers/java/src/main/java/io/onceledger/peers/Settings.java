package io.onceledger.peers;

import java.util.LinkedHashMap;
import java.util.Map;

/** With which settings a peer is measured; README.md says which document recommends each. */
final class Settings {
  /** More than the slow jobs of {@link Kill}, so that one worker can have them all. */
  private static final int SLOW_CONCURRENCY = 64;

  private Settings() {}

  static Map<String, Object> of(Peer peer, Scenario scenario) {
    return switch (peer) {
      case GRAPHILE_WORKER -> graphileWorker(scenario);
      case PG_BOSS -> pgBoss(scenario);
      case DB_SCHEDULER -> dbScheduler(scenario);
      case TRANSACTION_OUTBOX -> transactionOutbox(scenario);
      case PLAIN_SQL -> plainSql(scenario);
    };
  }

  private static Map<String, Object> graphileWorker(Scenario scenario) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("maxPoolSize", 25);
    switch (scenario) {
      case BURN_DOWN, SNAPSHOT, PROCESSOR -> {
        settings.put("concurrentJobs", scenario == Scenario.PROCESSOR ? 256 : 24);
        settings.put("localQueue", Map.of("size", 500));
        settings.put("completeJobBatchDelay", 0);
        settings.put("failJobBatchDelay", 0);
      }
      case KILL, KILL_DEFAULTS -> settings.put("concurrentJobs", SLOW_CONCURRENCY);
    }
    return settings;
  }

  private static Map<String, Object> pgBoss(Scenario scenario) {
    Map<String, Object> work = new LinkedHashMap<>();
    work.put("pollingIntervalSeconds", 0.5);
    Map<String, Object> boss = new LinkedHashMap<>();
    Map<String, Object> queue = new LinkedHashMap<>();
    switch (scenario) {
      case BURN_DOWN, SNAPSHOT, PROCESSOR -> {
        work.put("batchSize", scenario == Scenario.PROCESSOR ? 64 : 1000);
        work.put("localConcurrency", 4);
        work.put("burstWhenBatchFull", true);
        boss.put("useListenNotify", true);
        queue.put("notify", true);
      }
      case KILL -> {
        work.put("localConcurrency", SLOW_CONCURRENCY);
        boss.put("superviseIntervalSeconds", 1);
        boss.put("monitorIntervalSeconds", 1);
        queue.put("heartbeatSeconds", 10);
      }
      case KILL_DEFAULTS -> work.put("localConcurrency", SLOW_CONCURRENCY);
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("boss", boss);
    settings.put("queue", queue);
    settings.put("work", work);
    return settings;
  }

  private static Map<String, Object> dbScheduler(Scenario scenario) {
    Map<String, Object> settings = new LinkedHashMap<>();
    boolean kill = scenario == Scenario.KILL;
    switch (scenario) {
      case BURN_DOWN, SNAPSHOT -> polling(settings, 50, 0.5, 4.0);
      case PROCESSOR -> polling(settings, 256, 0.5, 4.0);
      case KILL, KILL_DEFAULTS -> polling(settings, SLOW_CONCURRENCY, 0.5, 1.0);
    }
    settings.put("pool", 50);
    settings.put("pollingIntervalMillis", 100);
    settings.put("heartbeatIntervalMillis", kill ? 1000 : 300_000);
    settings.put("missedHeartbeatsLimit", kill ? 4 : 6);
    return settings;
  }

  private static void polling(
      Map<String, Object> settings, int threads, double lower, double upper) {
    settings.put("threads", threads);
    settings.put("strategy", "lock-and-fetch");
    settings.put("lower", lower);
    settings.put("upper", upper);
  }

  private static Map<String, Object> transactionOutbox(Scenario scenario) {
    Map<String, Object> settings = new LinkedHashMap<>();
    int threads =
        switch (scenario) {
          case BURN_DOWN, SNAPSHOT -> 32;
          // Each job holds its transaction open, and so a connection; the server has 200.
          case PROCESSOR -> 150;
          case KILL, KILL_DEFAULTS -> SLOW_CONCURRENCY;
        };
    settings.put("threads", threads);
    settings.put("pool", threads + 2);
    settings.put("flushBatchSize", 4096);
    settings.put("attemptFrequencyMillis", scenario == Scenario.KILL ? 1000 : 120_000);
    settings.put("pauseMillis", 100);
    return settings;
  }

  private static Map<String, Object> plainSql(Scenario scenario) {
    boolean processor = scenario == Scenario.PROCESSOR;
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("claimers", processor ? 4 : 2);
    settings.put("pool", 4);
    settings.put("batchSize", processor ? 64 : 100);
    // Nothing renews a lease: it has to outlast a job.
    settings.put("leaseSeconds", 10);
    settings.put("pauseMillis", 10);
    return settings;
  }
}
