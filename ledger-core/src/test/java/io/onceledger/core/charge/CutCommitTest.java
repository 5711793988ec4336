package io.onceledger.core.charge;

import static io.onceledger.core.testing.TestCharges.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.database.SqlFailure;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Mismatched;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.CuttingProxy.Cut;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that is lost during COMMIT says nothing about the commit. */
class CutCommitTest {

  private LedgerDatabase database;
  private Merchant merchant;
  private CuttingProxy wire;
  private ChargeAcceptance acceptance;

  @BeforeEach
  void open() {
    database = LedgerDatabase.create();
    merchant = TestCharges.merchant(database);
    wire = database.wire();
    acceptance = new ChargeAcceptance(database.writer(wire));
  }

  @AfterEach
  void the_books_are_right() throws IOException {
    wire.close();
    assertThat(database.violations()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void the_key_is_read_again_and_tells_the_truth(Cut where) throws Exception {
    try (GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> accept =
        new GroupCommit<>("accept", 1, 10, 10, acceptance)) {
      wire.cut(where);
      ChargeDelivery first = delivery(merchant, "k", 1000);

      Acceptance<ChargeReceipt> accepted = accept.submit(first).toCompletableFuture().get();

      assertThat(wire.isDone()).isTrue();
      assertThat(accepted).isInstanceOf(Executed.class);
      assertThat(((Executed<ChargeReceipt>) accepted).receipt().resource().charge())
          .isEqualTo(first.proposedId());
      assertThat(accept.submit(delivery(merchant, "k", 1000)).toCompletableFuture().get())
          .isEqualTo(new Replayed<>(((Executed<ChargeReceipt>) accepted).receipt()));
    }
    assertThat(database.number("SELECT count(*) FROM charge")).isEqualTo(1);
    assertThat(database.number("SELECT sum(deliveries) FROM delivery_tally")).isEqualTo(2);
    assertThat(database.number("SELECT sum(replays) FROM key_repeat")).isEqualTo(1);
  }

  @Test
  void a_replay_whose_commit_was_cut_off_counts_once() throws Exception {
    acceptance.write(List.of(delivery(merchant, "k", 1000)));
    try (GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> accept =
        new GroupCommit<>("accept", 1, 10, 10, acceptance)) {
      wire.cut(Cut.AFTER_COMMIT);

      assertThat(accept.submit(delivery(merchant, "k", 2000)).toCompletableFuture().get())
          .isInstanceOf(Mismatched.class);
    }
    assertThat(database.number("SELECT sum(mismatches) FROM key_repeat")).isEqualTo(1);
  }

  @Test
  void if_it_cannot_be_read_again_the_next_delivery_tells() throws SQLException {
    ChargeDelivery cutOff = delivery(merchant, "k", 1000);
    wire.cut(Cut.AFTER_COMMIT);
    assertThatThrownBy(() -> acceptance.write(List.of(cutOff))).isInstanceOf(SQLException.class);

    Acceptance<ChargeReceipt> next =
        acceptance.write(List.of(delivery(merchant, "k", 1000))).get(0);

    assertThat(next).isInstanceOf(Replayed.class);
    assertThat(((Replayed<ChargeReceipt>) next).receipt().resource().charge())
        .isEqualTo(cutOff.proposedId());
  }

  @Test
  void a_key_that_somebody_holds_holds_up_no_other() throws Exception {
    try (GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> accept =
            new GroupCommit<>("accept", 1, 100, 100, acceptance);
        Connection holder = database.superuser().getConnection()) {
      holder.setAutoCommit(false);
      try (Statement statement = holder.createStatement()) {
        statement.execute(
            """
            INSERT INTO idempotency_key
            VALUES ('%s', gen_random_uuid(), now(), 1, 1, 'charge', sha256('x'), 'held')
            """
                .formatted(merchant.id()));
      }
      List<CompletableFuture<Acceptance<ChargeReceipt>>> held = new ArrayList<>();
      List<CompletableFuture<Acceptance<ChargeReceipt>>> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        held.add(accept.submit(delivery(merchant, "held", 1000)).toCompletableFuture());
        others.add(accept.submit(delivery(merchant, "other-" + i, 1000)).toCompletableFuture());
      }

      assertThat(others).allSatisfy(o -> assertThat(o.get()).isInstanceOf(Executed.class));
      assertThat(held)
          .allSatisfy(
              h ->
                  assertThatThrownBy(h::get)
                      .cause()
                      .isInstanceOfSatisfying(
                          SQLException.class,
                          e -> assertThat(SqlFailure.of(e)).isEqualTo(SqlFailure.LOCKED)));
      holder.rollback();
    }
    assertThat(database.number("SELECT sum(deliveries) FROM delivery_tally")).isEqualTo(20);
  }
}
