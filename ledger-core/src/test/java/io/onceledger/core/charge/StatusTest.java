package io.onceledger.core.charge;

import static io.onceledger.core.charge.Status.CANCELED;
import static io.onceledger.core.charge.Status.DECLINED;
import static io.onceledger.core.charge.Status.NEEDS_REVIEW;
import static io.onceledger.core.charge.Status.PENDING;
import static io.onceledger.core.charge.Status.SUCCEEDED;
import static io.onceledger.core.charge.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTest {

  private static final Map<Status, Set<Status>> EDGES =
      Map.of(
          PENDING, EnumSet.of(UNKNOWN, SUCCEEDED, DECLINED, CANCELED),
          UNKNOWN, EnumSet.of(NEEDS_REVIEW, SUCCEEDED, DECLINED, CANCELED),
          NEEDS_REVIEW, EnumSet.of(SUCCEEDED, DECLINED, CANCELED),
          SUCCEEDED, EnumSet.noneOf(Status.class),
          DECLINED, EnumSet.noneOf(Status.class),
          CANCELED, EnumSet.noneOf(Status.class));

  @ParameterizedTest
  @EnumSource
  void a_status_changes_along_the_edges_of_the_contract_and_no_others(Status from) {
    for (Status to : Status.values()) {
      assertThat(from.canBecome(to)).as(from + " -> " + to).isEqualTo(EDGES.get(from).contains(to));
    }
    assertThat(from.isFinal()).isEqualTo(EDGES.get(from).isEmpty());
  }

  @Test
  void a_status_of_a_newer_version_is_not_known_and_does_no_harm() {
    assertThat(Status.parse("refunded")).isEmpty();
    assertThat(Status.parse("needs_review")).contains(NEEDS_REVIEW);
  }
}
