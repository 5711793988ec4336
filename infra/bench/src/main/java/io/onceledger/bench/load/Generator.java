package io.onceledger.bench.load;

import static io.hyperfoil.http.steps.HttpStepCatalog.SC;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.session.Session;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.onceledger.bench.load.Keys.Kind;
import io.onceledger.standalone.demo.Http;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Clients by Hyperfoil, as a program: takes a {@link Load} as JSON, prints a {@link LoadResult}.
 *
 * <p>Hyperfoil's own latency begins with the sending. A request that is sent late, because the
 * generator or a connection was not free, would look fast: so each has its place in the timetable,
 * from which {@link Timetable} counts. All of it runs on one event loop.
 */
final class Generator {
  /** After which those that wait for an answer are given up. */
  private static final int PATIENCE_SECONDS = 20;

  /**
   * Requests that may be under way, or due and not sent; more are started when one of these ends,
   * and are late by the timetable. The collector looks at all of them: with ten thousand it stopped
   * everything for 30 ms every five seconds, which would be told as the ledger's latency.
   */
  private static final int MOST_SESSIONS = 1_000;

  /** The gate is read again after so many requests: some hundred times a second. */
  private static final int READ_GATE = 32;

  private final Load load;
  private final Timetable timetable;
  private final SplittableRandom random;
  private final long[] places;
  private final String[] keys;
  private final long[] opensAt;
  private long pauseMillis;
  private long next;
  private long fresh;

  private Generator(Load load) {
    this.load = load;
    int sessions = sessions(load);
    this.timetable = new Timetable(load, sessions);
    this.random = new SplittableRandom(Long.parseLong(load.run(), 16));
    this.places = new long[sessions + 1];
    this.keys = new String[sessions + 1];
    this.opensAt = new long[sessions + 1];
  }

  public static void main(String[] arguments) throws IOException {
    Load load = Http.JSON.readValue(arguments[0], Load.class);
    System.out.println(Http.JSON.writeValueAsString(new Generator(load).run()));
    System.exit(0); // its event loops are no daemons
  }

  private static int sessions(Load load) {
    return load.rate() == 0 ? load.connections() : MOST_SESSIONS;
  }

  private LoadResult run() {
    BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("charges").threads(1);
    benchmark
        .addPlugin(HttpPluginBuilder::new)
        .http()
        .protocol(Protocol.HTTP)
        .host("127.0.0.1")
        .port(load.port())
        .allowHttp2(false)
        .sharedConnections(load.connections())
        .requestTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
        .endHttp();
    long millis = TimeUnit.SECONDS.toMillis((long) load.warmupSeconds() + load.seconds());
    phase(benchmark)
        .duration(millis)
        .maxDuration(millis + TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
        .scenario()
        .initialSequence("charge")
        .step(this::passesGate)
        .step(
            session -> {
              begin(session);
              return true;
            })
        .step(SC)
        .httpRequest(HttpMethod.POST)
        .path("/v1/charges")
        .headerAppender(
            (session, request) -> {
              String key = keys[session.uniqueId()];
              request.putHeader("Authorization", "Bearer " + merchant(key));
              request.putHeader("Content-Type", "application/json");
              request.putHeader("Idempotency-Key", key);
            })
        .body(Load.BODY)
        .handler()
        .status((request, status) -> timetable.status(request.session.uniqueId(), status))
        .onCompletion(
            session ->
                timetable.completed(
                    session.uniqueId(), places[session.uniqueId()], System.nanoTime()))
        .endHandler()
        .endStep();
    new LocalSimulationRunner(benchmark.build()).run();
    return timetable.result();
  }

  private PhaseBuilder<?> phase(BenchmarkBuilder benchmark) {
    return load.rate() == 0
        ? benchmark.addPhase("load").always(load.connections())
        : benchmark
            .addPhase("load")
            .constantRate(load.rate())
            .variance(false)
            .maxSessions(sessions(load));
  }

  /** Comes again when the pause is over; open loops have no gate. */
  private boolean passesGate(Session session) {
    if (load.gate().isEmpty()) {
      return true;
    }
    int id = session.uniqueId();
    long now = System.nanoTime();
    if (opensAt[id] == 0) {
      if (next % READ_GATE == 0) {
        pauseMillis = Gate.read(Path.of(load.gate()), pauseMillis);
      }
      opensAt[id] = now + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    }
    if (now - opensAt[id] < 0) {
      var unused =
          session.executor().schedule(session.runTask(), opensAt[id] - now, TimeUnit.NANOSECONDS);
      return false;
    }
    opensAt[id] = 0;
    return true;
  }

  private void begin(Session session) {
    long place = next++;
    places[session.uniqueId()] = place;
    keys[session.uniqueId()] = key(place);
    timetable.begun(session.uniqueId(), place, System.nanoTime());
  }

  private String key(long place) {
    return switch (load.keys().kind()) {
      case ONE -> Keys.freshKey(load.run(), 0);
      case OLD -> Keys.oldKey(random.nextLong(1, load.keys().count() + 1));
      case NEW -> Keys.freshKey(load.run(), ++fresh);
      case REPEATS, BURSTS ->
          fresh > 0 && random.nextInt(100) < repeatsPercent(place)
              ? Keys.freshKey(load.run(), fresh - random.nextLong(Math.min(fresh, Keys.RECENT)))
              : Keys.freshKey(load.run(), ++fresh);
    };
  }

  /** In bursts, all of them come in one second of several. */
  private long repeatsPercent(long place) {
    if (load.keys().kind() == Kind.REPEATS) {
      return load.keys().count();
    }
    return place / load.rate() % Keys.BURST_EVERY_SECONDS == 0
        ? load.keys().count() * Keys.BURST_EVERY_SECONDS
        : 0;
  }

  /** A key belongs to one merchant, so that a repeat is a repeat. */
  private String merchant(String key) {
    int merchants = load.merchants().size();
    return merchants == 1
        ? load.merchants().get(0)
        : load.merchants().get((int) (Long.parseLong(key.substring(18)) % merchants));
  }
}
