package io.onceledger.worker.crashpoint;

import io.onceledger.core.charge.Status;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;

/** What has to be true of a charge whose way has come to its end. */
final class Aftermath {

  private final World world;
  private final Run run;
  private final UUID merchant;

  Aftermath(World world, Run run) {
    this.world = world;
    this.run = run;
    this.merchant = run.merchant().id();
  }

  /** Holds the three histories against each other: the client's, the books', the processor's. */
  void isRight() throws SQLException {
    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(run.receipts().stream().distinct()).as("receipts").hasSize(1);
    softly
        .assertThat(world.column("SELECT id FROM charge WHERE merchant_id = ?", merchant))
        .as("charges")
        .containsExactly(run.receipts().get(0).resource().id().toString());
    softly
        .assertThat(world.column("SELECT step FROM outbox_message WHERE merchant_id = ?", merchant))
        .as("messages")
        .isEmpty();
    deliveriesAreCounted(softly);
    moneyIsWhatTheProcessorSays(softly);
    eventsAreTheWayOfTheCharge(softly);
    softly
        .assertThat(run.account().calls().stream().filter(this::isTooLate))
        .as("calls by a process whose deadline had passed")
        .isEmpty();
    softly
        .assertThat(run.account().leastLookUpsBeforeResend())
        .as("look-ups between two sends of the same charge")
        .isGreaterThanOrEqualTo(run.account().lookUpsNeeded());
    softly.assertThat(run.account().keys()).as("keys of all calls").containsExactly("k");
    softly.assertThat(world.newViolations()).as("ledger_violation").isEmpty();
    softly.assertThat(world.newlyUnaccounted()).as("deliveries unaccounted for").isZero();
    softly.assertAll();
  }

  /** An answered one exactly once; of the others nobody can say. */
  private void deliveriesAreCounted(SoftAssertions softly) {
    long counted =
        Long.parseLong(
            world
                .column(
                    """
                    SELECT count(*) + (
                      SELECT coalesce(sum(replays + mismatches), 0)
                      FROM key_repeat
                      WHERE merchant_id = k.merchant_id)
                    FROM idempotency_key AS k
                    WHERE merchant_id = ?
                    GROUP BY merchant_id
                    """,
                    merchant)
                .get(0));
    softly
        .assertThat(counted)
        .as("deliveries counted")
        .isBetween((long) run.receipts().size(), (long) run.deliveries());
  }

  private void moneyIsWhatTheProcessorSays(SoftAssertions softly) {
    List<JsonObject> effects = run.account().effects();
    String status =
        world.column("SELECT status FROM charge WHERE merchant_id = ?", merchant).get(0);
    softly.assertThat(effects).as("effects").hasSizeLessThanOrEqualTo(1);
    softly
        .assertThat(world.column("SELECT amount FROM charge WHERE merchant_id = ?", merchant))
        .as("amounts")
        .isSubsetOf(run.receipts().get(0).request().amount() + "")
        .containsAll(effects.stream().map(effect -> effect.getLong("amount") + "").toList());
    if (effects.isEmpty()) {
      softly.assertThat(status).isEqualTo("canceled");
      softly.assertThat(run.account().isClosed()).as("can never take effect").isTrue();
    } else {
      softly.assertThat(status).isEqualTo("succeeded");
    }
  }

  private void eventsAreTheWayOfTheCharge(SoftAssertions softly) {
    List<String> sequences =
        world.column(
            "SELECT sequence FROM event WHERE merchant_id = ? ORDER BY sequence", merchant);
    List<Status> way =
        world
            .column("SELECT status FROM event WHERE merchant_id = ? ORDER BY sequence", merchant)
            .stream()
            .map(status -> Status.parse(status).orElseThrow())
            .toList();
    softly
        .assertThat(sequences)
        .isEqualTo(IntStream.rangeClosed(1, way.size()).mapToObj(String::valueOf).toList());
    softly
        .assertThat(IntStream.range(0, way.size()))
        .as("events %s", way)
        .allMatch(i -> (i == 0 ? Status.PENDING : way.get(i - 1)).canBecome(way.get(i)));
    softly
        .assertThat(world.column("SELECT status FROM charge WHERE merchant_id = ?", merchant))
        .as("the end of %s", way)
        .isEqualTo(way.stream().skip(Math.max(0, way.size() - 1)).map(Status::text).toList());
  }

  /**
   * Unless it was stopped between the check of its deadline and its first byte, which no check can
   * prevent: what it sends then is absorbed, because it bears the key of all other attempts.
   */
  private boolean isTooLate(Account.Call call) {
    return call.stale()
        && !run.course()
            .hasStruck(
                new Strike(
                    new Boundary(Stage.SEND, call.visit(), Points.BEFORE_FIRST_BYTE), Kind.HANG));
  }
}
