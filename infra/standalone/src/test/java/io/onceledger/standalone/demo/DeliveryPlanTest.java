package io.onceledger.standalone.demo;

import static io.onceledger.standalone.demo.Orders.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.standalone.demo.Delivery.Manner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryPlanTest {

  @ParameterizedTest
  @CsvSource({"1, 2", "7, 9", "100, 115", "1000, 1150"})
  void fifteen_percent_are_delivered_twice(int orders, int requests) {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(DeliveryPlan.of(orders(orders), seed).requests())
          .as("seed " + seed)
          .isEqualTo(requests);
    }
  }

  @Test
  void the_same_seed_makes_the_same_plan_and_another_seed_another() {
    List<Order> orders = orders(100);
    assertThat(DeliveryPlan.of(orders, 1)).isEqualTo(DeliveryPlan.of(orders, 1));
    assertThat(DeliveryPlan.of(orders, 1)).isNotEqualTo(DeliveryPlan.of(orders, 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void every_order_is_delivered_and_a_repeat_comes_after_it(long seed) {
    List<Order> orders = orders(200);
    List<Delivery> plan = DeliveryPlan.of(orders, seed).deliveries();
    assertThat(plan.stream().filter(one -> one.manner() != Manner.LATE_REPEAT).map(Delivery::order))
        .containsExactlyElementsOf(orders);
    assertThat(plan.stream().filter(one -> one.manner() == Manner.LATE_REPEAT))
        .isNotEmpty()
        .allSatisfy(
            repeat ->
                assertThat(plan.indexOf(new Delivery(repeat.order(), Manner.ONCE)))
                    .isNotNegative()
                    .isLessThan(plan.indexOf(repeat)));
  }

  @Test
  void a_short_file_has_every_kind_of_duplicate() {
    assertThat(DeliveryPlan.of(orders(27), 1).deliveries().stream().map(Delivery::manner))
        .contains(Manner.values());
  }
}
