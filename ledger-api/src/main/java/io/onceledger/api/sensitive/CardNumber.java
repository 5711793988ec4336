package io.onceledger.api.sensitive;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether a text holds a card number (a PAN, ISO/IEC 7812): the prefix and length of a
 * network, and a right check digit, between whatever is no digit. Its digits may be in groups, with
 * one space, dash or dot between two of them.
 *
 * <p>A number of another kind that merely passes the check (an order number, an IMEI) is not one,
 * and neither is a part of a UUID: groups must not touch letters, and are those that people write.
 */
public final class CardNumber {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

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
          new Network(6304, 6304, 13, 19),
          new Network(6759, 6759, 13, 19),
          new Network(6761, 6763, 13, 19));

  /**
   * A run of digits, written 0 to 9.
   *
   * @param joined whether one separator stands between it and the group before
   * @param apart whether no letter touches it
   */
  private record Group(String digits, boolean joined, boolean apart) {}

  private CardNumber() {}

  /** Whether there is one in {@code text}. */
  public static boolean isIn(String text) {
    List<Group> groups = groups(text);
    for (int first = 0; first < groups.size(); first++) {
      if (isCard(groups.get(first).digits()) || startsAt(groups, first)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the groups from {@code first} on, as many as it takes, are a number. */
  private static boolean startsAt(List<Group> groups, int first) {
    StringBuilder number = new StringBuilder();
    for (int next = first; next < groups.size(); next++) {
      Group group = groups.get(next);
      if (!group.apart()
          || (next > first && !group.joined())
          || !isUsual(group, groups.get(first))) {
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

  /** Fours, 4-6-5, single digits: all groups short; or two halves: all as long as the first. */
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
    int[] points = text.codePoints().toArray();
    int end = 0; // of the group before
    for (int i = 0; i < points.length; i++) {
      if (!Character.isDigit(points[i])) {
        continue;
      }
      int start = i;
      StringBuilder digits = new StringBuilder();
      while (i < points.length && Character.isDigit(points[i])) {
        digits.append(Character.digit(points[i++], 10));
      }
      boolean joined = !groups.isEmpty() && start == end + 1 && isSeparator(points[end]);
      boolean apart =
          (start == 0 || !Character.isLetter(points[start - 1]))
              && (i == points.length || !Character.isLetter(points[i]));
      groups.add(new Group(digits.toString(), joined, apart));
      end = i;
    }
    return groups;
  }

  private static boolean isSeparator(int point) {
    int type = Character.getType(point);
    return type == Character.SPACE_SEPARATOR
        || type == Character.DASH_PUNCTUATION
        || point == '.'
        || point == '_'
        || point == '\t';
  }
}
