package io.onceledger.mockprocessor.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.mockprocessor.SettableClock;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.fault.Caches;
import io.onceledger.mockprocessor.fault.Draw;
import io.onceledger.mockprocessor.fault.Fault;
import io.onceledger.mockprocessor.fault.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardProcessorTest {
  private static final Faults FAULTS =
      Faults.none(Caches.SUCCESSES, Duration.ofHours(24), true, true);
  private static final Draw NO_FAULT = new Draw(Fault.NONE, false, 0);
  private static final Key KEY = new Key(Resource.PAYMENT, "mer_a", "k");
  private static final Instruction PAYMENT =
      new Instruction(KEY, 1_000, "USD", "pm_card_visa", "ch_1");

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock();

  @Test
  void nothing_happens_that_the_journal_cannot_take() throws IOException {
    CardProcessor processor = CardProcessor.open(directory, clock, FAULTS);
    processor.close();

    assertThatThrownBy(() -> processor.accept(PAYMENT, NO_FAULT, 1))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> processor.cancel(KEY)).isInstanceOf(UncheckedIOException.class);

    assertThat(processor.summary().effects()).isZero();
    try (CardProcessor again = CardProcessor.open(directory, clock, FAULTS)) {
      assertThat(again.find(KEY)).isEmpty();
      assertThat(again.accept(PAYMENT, NO_FAULT, 1).status()).isEqualTo(201);
    }
  }

  @Test
  void a_processor_whose_journal_was_deleted_gives_out_other_ids(@TempDir Path other)
      throws IOException {
    try (CardProcessor first = CardProcessor.open(directory, clock, FAULTS)) {
      clock.forward(Duration.ofMillis(1));
      try (CardProcessor second = CardProcessor.open(other, clock, FAULTS)) {
        first.accept(PAYMENT, NO_FAULT, 1);
        clock.forward(Duration.ofMillis(1));
        second.accept(PAYMENT, NO_FAULT, 1);

        assertThat(first.find(KEY).orElseThrow().id())
            .isNotEqualTo(second.find(KEY).orElseThrow().id());
      }
    }
  }

  @Test
  void a_held_attempt_acts_when_it_is_finished_and_not_before() throws IOException {
    try (CardProcessor processor = CardProcessor.open(directory, clock, FAULTS)) {
      Attempt held = held(processor);
      assertThat(processor.find(KEY)).isEmpty();

      clock.forward(Duration.ofSeconds(15));
      processor.finish(held);

      assertThat(processor.find(KEY).orElseThrow().atMillis()).isEqualTo(clock.millis());
      assertThat(processor.summary().requests()).isEqualTo(1);
    }
  }

  @Test
  void a_held_attempt_is_absorbed_if_a_resend_was_faster() throws IOException {
    try (CardProcessor processor = CardProcessor.open(directory, clock, FAULTS)) {
      Attempt held = held(processor);
      assertThat(processor.accept(PAYMENT, NO_FAULT, 2).status()).isEqualTo(201);

      processor.finish(held);

      assertThat(processor.summary().effects()).isEqualTo(1);
      assertThat(processor.summary().absorbed()).isEqualTo(1);
      assertThat(processor.summary().requests()).isEqualTo(2);
    }
  }

  @Test
  void a_held_attempt_finds_the_tombstone_that_was_laid_meanwhile() throws IOException {
    try (CardProcessor processor = CardProcessor.open(directory, clock, FAULTS)) {
      Attempt held = held(processor);
      assertThat(processor.cancel(KEY)).isEmpty();

      processor.finish(held);

      assertThat(processor.summary().effects()).isZero();
      assertThat(processor.accept(PAYMENT, NO_FAULT, 1).status()).isEqualTo(410);
    }
  }

  private static Attempt held(CardProcessor processor) {
    Reply reply = processor.accept(PAYMENT, new Draw(Fault.HANG, false, 0), 1);
    assertThat(reply).isInstanceOf(Reply.HangUpLater.class);
    return ((Reply.HangUpLater) reply).held().orElseThrow();
  }
}
