package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFileTest {
  private static final String HEADER =
      "idempotency_key,amount,currency,payment_method,description\n";
  @TempDir Path directory;

  @Test
  void a_line_is_an_order() throws IOException {
    assertThat(read(HEADER + "k 1,99999999999,KWD,pm_card_visa,\"Tea, \"\"green\"\"\"\n"))
        .containsExactly(
            new Order("k 1", 99_999_999_999L, "KWD", "pm_card_visa", "Tea, \"green\""));
  }

  @Test
  void columns_may_come_in_another_order_and_behind_a_byte_order_mark() throws IOException {
    assertThat(
            read("\ufeffamount,currency,idempotency_key,description,payment_method\n1,JPY,k,,pm\n"))
        .containsExactly(new Order("k", 1, "JPY", "pm", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",5,USD,pm,d | line 3: idempotency_key must have 1 to 255",
        "ключ,5,USD,pm,d | line 3: idempotency_key must have 1 to 255",
        "ok,5,USD,pm,d | line 3: idempotency_key 'ok' is on line 2 already",
        "k,0,USD,pm,d | line 3: amount must be an integer from 1 to 99999999999",
        "k,100000000000,USD,pm,d | line 3: amount must be an integer",
        "k,9.99,USD,pm,d | line 3: amount must be an integer",
        "k,-5,USD,pm,d | line 3: amount must be an integer",
        "k,5,usd,pm,d | line 3: currency must be three capital letters, not 'usd'",
        "k,5,USD,pm card,d | line 3: payment_method must have 1 to 64 characters",
        "k,5,USD | line 3: payment_method is missing",
        "k,5,USD,pm,Tea, green | line 3: more fields than the header has",
      })
  void a_bad_line_is_told_by_its_number_and_what_is_wrong(String line, String complaint) {
    assertThatThrownBy(() -> read(HEADER + "ok,1,USD,pm,d\n" + line + "\n"))
        .isInstanceOfSatisfying(
            BadInputException.class,
            bad -> assertThat(bad.lines()).anyMatch(told -> told.startsWith(complaint)));
  }

  @Test
  void all_bad_lines_are_told_at_once() {
    assertThatThrownBy(() -> read(HEADER + "a,x,USD,pm,d\nb,1,USD,pm,d\nc,1,US,pm,d\n"))
        .isInstanceOfSatisfying(BadInputException.class, bad -> assertThat(bad.lines()).hasSize(2));
  }

  @Test
  void a_quote_that_is_never_closed_does_not_swallow_the_orders_behind_it() {
    assertThatThrownBy(() -> read(HEADER + "a,1,USD,pm,\"x\nb,1,USD,pm,d\n"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not CSV");
  }

  @Test
  void a_file_without_header_or_orders_or_existence_is_refused() {
    assertThatThrownBy(() -> read("k,1,USD,pm,d\nl,1,USD,pm,d\n")).hasMessageContaining("header");
    assertThatThrownBy(() -> read(HEADER)).hasMessageContaining("no orders");
    assertThatThrownBy(() -> OrderFile.read(directory.resolve("none.csv")))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void the_orders_of_the_repository_can_be_sent() {
    List<Order> orders = OrderFile.read(Path.of("orders.csv"));
    assertThat(orders).hasSize(1000);
    assertThat(orders.stream().map(Order::currency).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("USD", "EUR", "GBP", "CHF", "JPY", "KWD");
  }

  private List<Order> read(String csv) throws IOException {
    return OrderFile.read(Files.writeString(directory.resolve("orders.csv"), csv));
  }
}
