package io.onceledger.core.outcome;

import static io.onceledger.core.charge.Status.DECLINED;
import static io.onceledger.core.charge.Status.NEEDS_REVIEW;
import static io.onceledger.core.charge.Status.PENDING;
import static io.onceledger.core.charge.Status.SUCCEEDED;
import static io.onceledger.core.charge.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.money.FeeTerms;
import io.onceledger.core.refund.LockedRefund;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoveTest {

  private static final Resource CHARGE = Resource.charge(PublicId.next(), PublicId.next());

  @Test
  void a_path_off_the_table_cannot_even_be_written_down() {
    Locked succeeded = charge(SUCCEEDED);
    Locked pending = charge(PENDING);

    assertThatThrownBy(() -> new Move(succeeded, List.of(DECLINED), null, null))
        .hasMessageContaining("SUCCEEDED cannot become DECLINED");
    assertThatThrownBy(() -> new Move(pending, List.of(NEEDS_REVIEW), null, null))
        .hasMessageContaining("PENDING cannot become NEEDS_REVIEW");
    assertThat(new Move(pending, List.of(UNKNOWN, NEEDS_REVIEW), null, null).last())
        .isEqualTo(NEEDS_REVIEW);
  }

  @Test
  void a_refund_moves_by_its_own_status_and_not_by_its_charges() {
    Resource refund = Resource.refund(CHARGE.merchant(), CHARGE.charge(), PublicId.next());
    Locked pending = new Locked(charge(SUCCEEDED).charge(), new LockedRefund(refund, PENDING, 40));

    assertThat(new Move(pending, List.of(DECLINED), null, null).last()).isEqualTo(DECLINED);
  }

  private static Locked charge(Status status) {
    return new Locked(
        new LockedCharge(CHARGE, status, 100, "USD", new FeeTerms(0, 0), 0, 0, 0, null, false),
        null);
  }
}
