package io.onceledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What someone does to the database's clock costs nobody money. */
class SetClockTest {

  private static final int CHARGES = 12;
  private static final int WORLDS = 500;
  private static final long MIDDLE = 60_000;
  private static final Duration EVERY_THREE_SECONDS = Duration.ofSeconds(3);

  /**
   * With a processor under which a resend may act anew, and an effect that shows late: all that
   * keeps it safe is that the settle time really passes. {@link PlantedBugsTest} shows that it can
   * fail.
   */
  @ParameterizedTest
  @ValueSource(longs = {4, 10, 30})
  void a_clock_that_is_set_by_seconds_all_the_time_charges_nobody_twice(long seconds) {
    Optional<Violation> broken =
        LongStream.rangeClosed(1, WORLDS)
            .mapToObj(seed -> violation(seed, Duration.ofSeconds(seconds)))
            .flatMap(Optional::stream)
            .findFirst();

    broken.ifPresent(violation -> fail(violation));
  }

  /** Three days pass, or only the clock says so; a claim of a send that was lost makes no call. */
  @ParameterizedTest
  @ValueSource(longs = {0, 72})
  void after_three_days_what_was_started_is_asked_about_and_what_was_not_is_sent(long trueHours) {
    TracingStore[] trace = new TracingStore[1];
    World world = world(lossy(), trace);
    Map<UUID, Instant> started = new HashMap<>();
    List<Operation> before = new ArrayList<>();
    world.schedule.in(
        MIDDLE,
        () -> {
          world.stopWorkers(Duration.ofHours(trueHours).plusMinutes(1));
          world.setClock(Duration.ofHours(72 - trueHours));
          world.memory.messages().values().stream()
              .filter(message -> message.firstSentAt != null)
              .forEach(message -> started.put(message.resource, message.firstSentAt));
          before.addAll(trace[0].operations());
        });

    assertThat(world.run().violation()).isEmpty();

    List<Claim> claims = claims(trace[0].operations()).skip(claims(before).count()).toList();
    assertThat(started).hasSizeGreaterThan(20);
    assertThat(claims)
        .filteredOn(claim -> started.containsKey(claim.resource().id()))
        .hasSizeGreaterThan(20)
        .noneMatch(claim -> claim.step().sends() && claim.lost() == null);
    Map<UUID, Step> firstSteps = new HashMap<>();
    claims.stream()
        .filter(claim -> !started.containsKey(claim.resource().id()))
        .forEach(claim -> firstSteps.putIfAbsent(claim.resource().id(), claim.step()));
    assertThat(firstSteps).hasSizeGreaterThan(20);
    assertThat(firstSteps.values()).containsOnly(Step.SEND);
  }

  private static World world(Setting setting, TracingStore[] trace) {
    World[] world = new World[1];
    world[0] =
        new World(
            Plan.of(1, 200),
            setting,
            new Decisions(),
            false,
            store -> {
              trace[0] = new TracingStore(store, () -> world[0].clock.database());
              return trace[0];
            });
    return world[0];
  }

  private static Stream<Claim> claims(List<Operation> operations) {
    return operations.stream()
        .filter(operation -> operation instanceof Operation.Claiming)
        .flatMap(operation -> ((List<?>) operation.answer()).stream())
        .map(work -> ((ClaimedWork) work).claim());
  }

  /** Many charges are in doubt at any time. */
  private static Setting lossy() {
    ProcessorProfile profile =
        new ProcessorProfile(
            Caches.SUCCESSES,
            Duration.ofHours(24),
            true,
            true,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofHours(12),
            Duration.ofHours(11));
    return Setting.draw(new SplittableRandom(1))
        .withSlots(100)
        .with(profile, 4 * MIDDLE, Map.of(Fault.ANSWER_LOST, 500, Fault.REQUEST_LOST, 300));
  }

  private static Optional<Violation> violation(long seed, Duration jump) {
    Setting setting =
        Setting.draw(new SplittableRandom(seed))
            .settling()
            .withDatabaseJump(jump, EVERY_THREE_SECONDS);
    Optional<Violation> violation =
        new World(Plan.of(seed, CHARGES), setting, new Decisions(), false, store -> store)
            .run()
            .violation();
    violation.ifPresent(broken -> System.out.printf("set clock: seed %d: %s%n", seed, broken));
    return violation;
  }
}
