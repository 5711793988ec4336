package io.onceledger.standalone.demo;

import java.util.List;
import java.util.stream.IntStream;

/** Orders for tests. */
final class Orders {
  private Orders() {}

  static Order order(String key) {
    return new Order(key, 1000, "USD", "pm_card_visa", "A thing");
  }

  static List<Order> orders(int count) {
    return IntStream.range(0, count).mapToObj(i -> order("order-" + i)).toList();
  }
}
