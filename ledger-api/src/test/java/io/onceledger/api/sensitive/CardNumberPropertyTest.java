package io.onceledger.api.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CardNumberPropertyTest {

  /** One range of the numbers that a network gives out, as it publishes them. */
  private record Range(int first, int last, int shortest, int longest) {
    Arbitrary<String> numbers() {
      return Arbitraries.integers()
          .between(shortest, longest)
          .filter(length -> first != 4 || length % 3 == 1) // Visa: 13, 16, 19
          .flatMap(length -> withCheckDigit(Arbitraries.integers().between(first, last), length));
    }
  }

  private static final List<Range> RANGES =
      List.of(
          new Range(4, 4, 13, 19),
          new Range(51, 55, 16, 16),
          new Range(2221, 2720, 16, 16),
          new Range(34, 34, 15, 15),
          new Range(37, 37, 15, 15),
          new Range(6011, 6011, 16, 19),
          new Range(644, 649, 16, 19),
          new Range(65, 65, 16, 19),
          new Range(3528, 3589, 16, 19),
          new Range(300, 305, 14, 19),
          new Range(36, 36, 14, 19),
          new Range(38, 39, 14, 19),
          new Range(62, 62, 16, 19),
          new Range(2200, 2204, 16, 19),
          new Range(6759, 6759, 13, 19));

  @Property
  void a_card_number_is_found_however_it_is_grouped_and_wherever_it_stands(
      @ForAll("cards") String card,
      @ForAll("groupings") String grouping,
      @ForAll("separators") String separator,
      @ForAll("surroundings") String before,
      @ForAll("surroundings") String after) {
    String text = before + "(" + grouped(card, grouping, separator) + ")" + after;

    assertThat(CardNumber.isIn(text)).isTrue();
  }

  @Property
  void with_another_check_digit_it_is_none(
      @ForAll("cards") String card,
      @ForAll @IntRange(min = 1, max = 9) int error,
      @ForAll("separators") String separator) {
    int last = card.length() - 1;
    String wrong = card.substring(0, last) + (card.charAt(last) - '0' + error) % 10;

    assertThat(CardNumber.isIn(wrong)).isFalse();
    if (card.length() <= 16) { // what is left of a longer one may be a number itself
      assertThat(CardNumber.isIn(grouped(wrong, "fours", separator))).isFalse();
    }
  }

  @Property
  void what_no_network_gives_out_is_none(
      @ForAll("nobodysNumbers") String number, @ForAll("separators") String separator) {
    assertThat(CardNumber.isIn(number)).isFalse();
    if (number.length() <= 16) {
      assertThat(CardNumber.isIn(grouped(number, "fours", separator))).isFalse();
    }
  }

  @Property
  void a_digit_that_touches_it_makes_it_another_number(
      @ForAll("cards") String card, @ForAll @IntRange(max = 9) int digit) {
    // Twenty digits are nobody's number; fewer may happen to be somebody's.
    assertThat(CardNumber.isIn(card + String.valueOf(digit).repeat(20 - card.length()))).isFalse();
  }

  /** As people write numbers: in fours, as American Express and Diners, by halves, by digits. */
  private static String grouped(String number, String grouping, String separator) {
    int length = number.length();
    return switch (grouping) {
      case "fours" -> String.join(separator, split(number, 4, 4, 4, 4));
      case "4-6-5" ->
          length == 14 || length == 15 ? String.join(separator, split(number, 4, 6)) : number;
      case "halves" -> length % 2 == 0 ? String.join(separator, split(number, length / 2)) : number;
      case "digits" -> String.join(separator, number.split(""));
      default -> number;
    };
  }

  private static List<String> split(String number, int... lengths) {
    List<String> groups = new ArrayList<>();
    int start = 0;
    for (int length : lengths) {
      int end = Math.min(number.length(), start + length);
      groups.add(number.substring(start, end));
      start = end;
    }
    groups.add(number.substring(start));
    groups.removeIf(String::isEmpty);
    return groups;
  }

  private static Arbitrary<String> withCheckDigit(Arbitrary<Integer> prefixes, int length) {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofLength(length);
    return Combinators.combine(prefixes, digits)
        .as((prefix, rest) -> (prefix + rest).substring(0, length - 1))
        .map(number -> number + checkDigit(number));
  }

  /** ISO/IEC 7812-1, annex B, by trying all ten. */
  private static int checkDigit(String number) {
    int digit = 0;
    while (!isRight(number + digit)) {
      digit++;
    }
    return digit;
  }

  private static boolean isRight(String number) {
    String weights = "0246813579"; // of a digit that is doubled, with its digits added up
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      sum += (number.length() - i) % 2 == 1 ? digit : weights.charAt(digit) - '0';
    }
    return sum % 10 == 0;
  }

  @Provide
  Arbitrary<String> cards() {
    return Arbitraries.of(RANGES).flatMap(Range::numbers);
  }

  @Provide
  Arbitrary<String> nobodysNumbers() {
    Arbitrary<Integer> prefixes = Arbitraries.of(10, 17, 19, 70, 77, 90, 99, 80, 82, 89);
    return Arbitraries.integers()
        .between(13, 19)
        .flatMap(length -> withCheckDigit(prefixes, length));
  }

  @Provide
  Arbitrary<String> groupings() {
    return Arbitraries.of("none", "fours", "4-6-5", "halves", "digits");
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of(" ", "-", ".", "_", "\t", "\u00a0", "\u2009", "\u2011", "\u2013");
  }

  @Provide
  Arbitrary<String> surroundings() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.of("", "12 ", "4111 1111 1111 ", "order 2026-11-21", "x", "4", "+49-30-"));
  }
}
