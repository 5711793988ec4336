package io.onceledger.core.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private static final Duration FOREVER = Duration.ofDays(1);

  /** Stops at each commit until it is let through, and fails as it is told. */
  private static final class ScriptedWriter implements BatchWriter<String, String> {
    private final List<List<String>> batches = new ArrayList<>();
    private final LinkedBlockingQueue<List<String>> begun = new LinkedBlockingQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private String badItem = "none";
    private String badState = "22001";
    private int outages;
    private int lostAt;

    @Override
    public List<String> write(List<String> items) throws SQLException {
      begun.add(List.copyOf(items));
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      synchronized (this) {
        batches.add(List.copyOf(items));
        if (outages-- > 0 || batches.size() == lostAt) {
          throw new SQLException("connection lost", "08006");
        }
      }
      if (items.contains(badItem)) {
        throw new SQLException("bad value", badState);
      }
      return items.stream().map(item -> item + "!").toList();
    }
  }

  private final ScriptedWriter writer = new ScriptedWriter();

  @Test
  void what_arrives_during_a_commit_is_written_together_by_the_next() throws Exception {
    try (var commit = new GroupCommit<>("test", 1, 10, 100, writer)) {
      var first = commit.submit("a");
      assertThat(writer.begun.poll(10, TimeUnit.SECONDS)).containsExactly("a");
      var second = commit.submit("b");
      var third = commit.submit("c");
      writer.gate.countDown();

      assertThat(get(first)).isEqualTo("a!");
      assertThat(get(second)).isEqualTo("b!");
      assertThat(get(third)).isEqualTo("c!");
    }
    assertThat(writer.batches).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void nothing_is_acknowledged_before_its_commit() throws Exception {
    try (var commit = new GroupCommit<>("test", 1, 10, 100, writer)) {
      var answer = commit.submit("a").toCompletableFuture();
      writer.begun.poll(10, TimeUnit.SECONDS);
      assertThat(answer).isNotDone();
      writer.gate.countDown();
      assertThat(get(answer)).isEqualTo("a!");
    }
  }

  @Test
  void whoever_waits_for_a_lock_holds_up_the_others_once_and_its_repeats_not_at_all()
      throws Exception {
    writer.badItem = "held";
    writer.badState = "55P03";
    writer.gate.countDown();
    try (var commit = new GroupCommit<>("test", 1, 10, 100, writer)) {
      assertThatThrownBy(() -> get(commit.submit("held"))).hasRootCauseMessage("bad value");
      var again = commit.submit("held");
      var other = commit.submit("other");

      assertThatThrownBy(() -> get(again)).hasRootCauseMessage("a lock is held");
      assertThat(get(other)).isEqualTo("other!");
    }
    assertThat(writer.batches.stream().flatMap(List::stream).filter("held"::equals)).hasSize(1);
  }

  @Test
  void after_an_unknown_commit_a_batch_is_never_split() throws Exception {
    writer.badItem = "held";
    writer.badState = "55P03";
    try (var commit = new GroupCommit<>("test", 1, 10, 100, writer)) {
      var first = commit.submit("first");
      assertThat(writer.begun.poll(10, TimeUnit.SECONDS)).containsExactly("first");
      var held = commit.submit("held");
      var other = commit.submit("other");
      writer.lostAt = 2;
      writer.gate.countDown();

      assertThat(get(first)).isEqualTo("first!");
      assertThatThrownBy(() -> get(held)).hasRootCauseMessage("connection lost");
      assertThatThrownBy(() -> get(other)).hasRootCauseMessage("connection lost");
    }
    assertThat(writer.batches)
        .containsExactly(List.of("first"), List.of("held", "other"), List.of("held", "other"));
  }

  @Test
  void one_bad_item_harms_nobody_else() throws Exception {
    writer.badItem = "bad";
    try (var commit = new GroupCommit<>("test", 1, 10, 100, writer)) {
      var answers = submitTogether(commit, "good", "bad", "fine");

      assertThat(get(answers.get(0))).isEqualTo("good!");
      assertThatThrownBy(() -> get(answers.get(1))).hasRootCauseMessage("bad value");
      assertThat(get(answers.get(2))).isEqualTo("fine!");
    }
  }

  @Test
  void a_batch_whose_connection_was_lost_is_run_again_as_a_whole() throws Exception {
    writer.outages = 2;
    try (var commit = new GroupCommit<>("test", 1, 10, 100, writer)) {
      var warmUp = commit.submit("x");
      assertThat(writer.begun.poll(10, TimeUnit.SECONDS)).containsExactly("x");
      var a = commit.submit("a");
      var b = commit.submit("b");
      writer.gate.countDown();

      assertThatThrownBy(() -> get(warmUp)).hasRootCauseMessage("connection lost");
      assertThat(get(a)).isEqualTo("a!");
      assertThat(get(b)).isEqualTo("b!");
    }
    assertThat(writer.batches).containsExactly(List.of("x"), List.of("x"), List.of("a", "b"));
  }

  @Test
  void an_error_is_told_to_whoever_waits_and_does_not_end_the_writing() throws Exception {
    try (var commit =
        new GroupCommit<String, String>(
            "test",
            1,
            10,
            100,
            items -> {
              if (items.contains("a")) {
                throw new StackOverflowError("deep");
              }
              return items;
            })) {
      assertThatThrownBy(() -> get(commit.submit("a"))).hasRootCauseMessage("deep");
      assertThat(get(commit.submit("b"))).isEqualTo("b");
    }
  }

  @Test
  void a_statement_that_took_too_long_is_tried_in_smaller_parts() throws Exception {
    try (var commit =
        new GroupCommit<String, String>(
            "test",
            1,
            10,
            100,
            items -> {
              writer.write(items);
              if (items.size() > 1) {
                throw new SQLException("statement timeout", "57014");
              }
              return items;
            })) {
      var answers = submitTogether(commit, "a", "b");

      assertThat(get(answers.get(0))).isEqualTo("a");
      assertThat(get(answers.get(1))).isEqualTo("b");
    }
  }

  @Test
  void a_full_queue_refuses_at_once() throws Exception {
    try (var commit = new GroupCommit<>("test", 1, 10, 2, writer)) {
      var first = commit.submit("a");
      writer.begun.poll(10, TimeUnit.SECONDS);
      var second = commit.submit("b");
      var third = commit.submit("c");

      assertThatThrownBy(() -> commit.submit("d")).isInstanceOf(QueueFullException.class);
      assertThat(commit.depth()).isEqualTo(2);
      writer.gate.countDown();
      assertThat(List.of(get(first), get(second), get(third))).containsExactly("a!", "b!", "c!");
    }
  }

  @Test
  void closing_writes_what_waits_and_refuses_what_comes() throws Exception {
    var commit = new GroupCommit<>("test", 1, 10, 100, writer);
    var answers = submitTogether(commit, "a", "b");
    commit.close();

    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThatThrownBy(() -> commit.submit("c")).isInstanceOf(QueueFullException.class);
  }

  @Test
  void in_company_the_first_waits_until_the_batch_is_full() throws Exception {
    try (var commit = new GroupCommit<>("test", 1, 10, 100, FOREVER, writer)) {
      comeInCompany(commit);
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(commit.submit("late " + i).toCompletableFuture());
      }
      for (CompletableFuture<String> answer : answers) {
        get(answer);
      }
    }
    assertThat(writer.batches.stream().map(List::size)).containsExactly(1, 9, 10);
  }

  @Test
  void one_that_comes_alone_waits_for_nobody() throws Exception {
    writer.gate.countDown();
    try (var commit = new GroupCommit<>("test", 1, 10, 100, FOREVER, writer)) {
      for (int i = 0; i < 20; i++) {
        assertThat(get(commit.submit("a"))).isEqualTo("a!");
      }
    }
  }

  @Test
  void closing_writes_those_who_wait_for_company() throws Exception {
    CompletionStage<String> late;
    try (var commit = new GroupCommit<>("test", 1, 10, 100, FOREVER, writer)) {
      comeInCompany(commit);
      late = commit.submit("late");
    }
    assertThat(get(late)).isEqualTo("late!");
  }

  @Test
  void a_batch_that_takes_long_does_not_hold_up_the_next() throws Exception {
    try (var commit = new GroupCommit<>("test", 2, 10, 100, writer)) {
      commit.submit("slow");
      assertThat(writer.begun.poll(10, TimeUnit.SECONDS)).containsExactly("slow");
      commit.submit("next");
      List<String> beside = writer.begun.poll(10, TimeUnit.SECONDS);
      writer.gate.countDown();
      assertThat(beside).containsExactly("next");
    }
  }

  @Test
  void a_crowd_is_written_beside_the_batch_under_way() throws Exception {
    try (var commit = new GroupCommit<>("test", 2, 40, 100, Duration.ZERO, FOREVER, writer)) {
      commit.submit("slow");
      assertThat(writer.begun.poll(10, TimeUnit.SECONDS)).containsExactly("slow");
      for (int i = 0; i < 10; i++) {
        commit.submit("" + i);
      }
      List<String> beside = writer.begun.poll(10, TimeUnit.SECONDS);
      writer.gate.countDown();
      assertThat(beside).hasSize(10);
    }
  }

  @Test
  void fewer_than_a_crowd_wait_for_the_batch_under_way() throws Exception {
    try (var commit = new GroupCommit<>("test", 2, 40, 100, Duration.ZERO, FOREVER, writer)) {
      for (CompletableFuture<String> answer : submitTogether(commit, "a", "b", "c", "d", "e")) {
        get(answer);
      }
    }
    assertThat(writer.batches.stream().map(List::size)).containsExactly(1, 5);
  }

  private void comeInCompany(GroupCommit<String, String> commit) throws Exception {
    for (CompletableFuture<String> answer :
        submitTogether(commit, "b", "c", "d", "e", "f", "g", "h", "i", "j")) {
      get(answer);
    }
  }

  /** Submits while a first batch is held, so that these form the second one; then lets all go. */
  private List<CompletableFuture<String>> submitTogether(
      GroupCommit<String, String> commit, String... items) throws InterruptedException {
    commit.submit("held");
    writer.begun.poll(10, TimeUnit.SECONDS);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (String item : items) {
      answers.add(commit.submit(item).toCompletableFuture());
    }
    writer.gate.countDown();
    return answers;
  }

  private static String get(CompletionStage<String> answer)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    return answer.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
