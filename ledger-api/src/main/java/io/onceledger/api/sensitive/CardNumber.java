package io.onceledger.api.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells whether a text holds a card number (a PAN, ISO/IEC 7812): the prefix and length of a
 * network, and a right check digit, between whatever is no digit. Its digits may be in groups, with
 * up to three spaces, dashes, or other marks that are no letters between two of them, and with
 * characters that cannot be seen anywhere.
 *
 * <p>A number of another kind that merely passes the check (an order number, an IMEI) is not one,
 * and neither is a part of a UUID.
 */
public final class CardNumber {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  /** Between two groups: " - " and a line break, but not the words between two numbers. */
  private static final int MOST_MARKS = 3;

  private static final int LONGEST_SHORT_GROUP = 6;

  /**
   * Numbers that begin with {@code first} to {@code last} and have that many digits.
   *
   * @param first as long as {@code last}
   */
  private record Network(int first, int last, int shortest, int longest) {
    boolean issued(String number) {
      int length = Integer.toString(first).length();
      int prefix = Integer.parseInt(number.substring(0, length));
      return prefix >= first
          && prefix <= last
          && number.length() >= shortest
          && number.length() <= longest;
    }
  }

  private static final List<Network> NETWORKS =
      List.of(
          new Network(4, 4, 13, 13), // Visa, long ago
          new Network(4, 4, 16, 16), // Visa
          new Network(4, 4, 19, 19),
          new Network(51, 55, 16, 16), // Mastercard
          new Network(2221, 2720, 16, 16),
          new Network(34, 34, 15, 15), // American Express
          new Network(37, 37, 15, 15),
          new Network(6011, 6011, 16, 19), // Discover
          new Network(644, 649, 16, 19),
          new Network(65, 65, 16, 19),
          new Network(3528, 3589, 16, 19), // JCB
          new Network(300, 305, 14, 19), // Diners Club
          new Network(3095, 3095, 14, 19),
          new Network(36, 36, 14, 19),
          new Network(38, 39, 14, 19),
          new Network(62, 62, 16, 19), // UnionPay
          new Network(81, 81, 16, 19), // RuPay
          new Network(2200, 2204, 16, 19), // Mir
          new Network(5018, 5018, 13, 19), // Maestro
          new Network(5020, 5020, 13, 19),
          new Network(5038, 5038, 13, 19),
          new Network(5893, 5893, 13, 19),
          new Network(5019, 5019, 16, 16), // Dankort
          new Network(5061, 5061, 16, 19), // Verve
          new Network(6062, 6062, 16, 19), // Hipercard
          new Network(6362, 6362, 16, 16), // Elo
          new Network(9792, 9792, 16, 16), // Troy
          new Network(6304, 6304, 13, 19),
          new Network(6759, 6759, 13, 19),
          new Network(6761, 6763, 13, 19));

  /**
   * A UUID, whose digits are grouped as a card's may be, or a longer word in hexadecimal, such as a
   * digest: chance puts thirteen digits in a row into one of some ten thousand.
   */
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "(?i)(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|(?=[0-9]*[a-f])[0-9a-f]{24,})(?![0-9a-z])");

  /**
   * A run of digits, written 0 to 9.
   *
   * @param joined whether nothing but a few marks stands between it and the group before
   */
  private record Group(String digits, boolean joined) {}

  private CardNumber() {}

  /** Whether there is one in {@code text}. */
  public static boolean isIn(String text) {
    if (!hasDigits(text, SHORTEST)) {
      return false;
    }
    List<Group> groups = groups(HEXADECIMAL.matcher(text).replaceAll("hexadecimal"));
    return IntStream.range(0, groups.size()).anyMatch(first -> startsAt(groups, first));
  }

  /** Spares most texts the search. */
  private static boolean hasDigits(String text, int enough) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < enough; i = text.offsetByCodePoints(i, 1)) {
      if (Character.isDigit(text.codePointAt(i))) {
        digits++;
      }
    }
    return digits >= enough;
  }

  /** Whether the groups from {@code first} on, as many as it takes, are a number. */
  private static boolean startsAt(List<Group> groups, int first) {
    StringBuilder number = new StringBuilder();
    for (int next = first; next < groups.size(); next++) {
      Group group = groups.get(next);
      if (next > first && !(group.joined() && isUsual(group, groups.get(first)))) {
        return false;
      }
      number.append(group.digits());
      if (number.length() > LONGEST) {
        return false;
      }
      if (isCard(number)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Fours, 4-6-5, single digits: all groups short; or two halves: all as long as the first. Any
   * other two numbers that stand side by side, in an order's key, say, are two numbers.
   */
  private static boolean isUsual(Group group, Group first) {
    int longest = Math.max(group.digits().length(), first.digits().length());
    return longest <= LONGEST_SHORT_GROUP || group.digits().length() == first.digits().length();
  }

  private static boolean isCard(CharSequence number) {
    if (number.length() < SHORTEST || number.length() > LONGEST) {
      return false;
    }
    String digits = number.toString();
    return passesLuhn(digits) && NETWORKS.stream().anyMatch(network -> network.issued(digits));
  }

  /** ISO/IEC 7812-1, annex B: from the right, every second digit is doubled. */
  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = 2 * digit;
      sum += i % 2 == 0 ? digit : doubled / 10 + doubled % 10;
    }
    return sum % 10 == 0;
  }

  private static List<Group> groups(String text) {
    List<Group> groups = new ArrayList<>();
    StringBuilder digits = new StringBuilder();
    boolean joined = false;
    int marks = 0;
    // What follows the text ends its last group.
    for (int point : (text + '.').codePoints().filter(CardNumber::isSeen).toArray()) {
      if (Character.isDigit(point)) {
        digits.append(Character.digit(point, 10));
        continue;
      }
      if (!digits.isEmpty()) {
        groups.add(new Group(digits.toString(), joined));
        digits.setLength(0);
        joined = true;
        marks = 0;
      }
      joined &= ++marks <= MOST_MARKS && !Character.isLetter(point);
    }
    return groups;
  }

  /** A soft hyphen or a zero-width space, say, parts nothing. */
  private static boolean isSeen(int point) {
    return Character.getType(point) != Character.FORMAT;
  }
}
