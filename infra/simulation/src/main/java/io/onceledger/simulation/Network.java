package io.onceledger.simulation;

import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.worker.processor.Answer;
import io.onceledger.worker.processor.Answer.Lost;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Answer.Received;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Between workers and processor. It loses and holds back what it likes, but not for longer than the
 * profile allows: what a caller has given up shows, if it acts, within the settle time.
 */
final class Network {

  /** One way, as a rule. */
  private static final long LONGEST_WAY = 200;

  private final World world;
  private final long callTimeout;
  private final long latest;

  Network(World world) {
    this.world = world;
    ProcessorProfile profile = world.setting.profile();
    this.callTimeout = profile.callTimeout().toMillis();
    this.latest =
        callTimeout
            + profile.settleTime().toMillis()
            - world.setting.lookUpLag().toMillis()
            // The instant itself is too late.
            - 1;
  }

  /** Makes the call; {@code answered} hears of it once, after the call time-out at the latest. */
  void call(Request request, Consumer<Answer> answered) {
    Chance chance = world.chance;
    if (chance.strikes(Fault.CONNECTION_REFUSED)) {
      world.schedule.in(1, () -> answered.accept(new NotSent("refused", true)));
      return;
    }
    Once once = new Once(answered);
    world.schedule.in(
        callTimeout, () -> once.accept(new Lost("no answer in time", (int) callTimeout)));
    if (chance.strikes(Fault.REQUEST_LOST)) {
      return;
    }
    if (request.step() == Step.RESEND && chance.strikes(Fault.PROXY_SAYS_400)) {
      answer(once, 400);
    } else if (request.step() == Step.LOOK_UP && chance.strikes(Fault.PROXY_SAYS_404)) {
      answer(once, 404);
    } else {
      boolean late = chance.strikes(Fault.REQUEST_LATE);
      long way = late ? chance.between(callTimeout, latest) : chance.between(1, LONGEST_WAY);
      world.schedule.in(way, () -> arrive(request, late, once));
    }
  }

  private void arrive(Request request, boolean late, Once once) {
    Received received = world.processor.answer(request, late);
    world.schedule.tell(
        () -> "processor: " + request + ": " + received.status() + " " + received.body());
    if (world.chance.strikes(Fault.ANSWER_LOST)) {
      return;
    }
    boolean slow = world.chance.strikes(Fault.ANSWER_LATE);
    long way =
        slow ? world.chance.between(1, 2 * callTimeout) : world.chance.between(1, LONGEST_WAY);
    world.schedule.in(way, () -> once.accept(received));
  }

  private void answer(Once once, int status) {
    world.schedule.in(
        1, () -> once.accept(new Received(status, Optional.empty(), "<html>a proxy</html>", 1)));
  }

  /** What comes after the first answer, or after the time-out, is not heard. */
  private static final class Once implements Consumer<Answer> {
    private Consumer<Answer> listener;

    Once(Consumer<Answer> listener) {
      this.listener = listener;
    }

    @Override
    public void accept(Answer answer) {
      if (listener != null) {
        Consumer<Answer> first = listener;
        listener = null;
        first.accept(answer);
      }
    }
  }
}
