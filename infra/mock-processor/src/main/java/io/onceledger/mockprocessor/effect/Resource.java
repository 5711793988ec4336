package io.onceledger.mockprocessor.effect;

import java.util.List;
import java.util.Locale;

/** What moves money, and the words in which one differs from another on the wire. */
public enum Resource {
  PAYMENT("/payments", "pay_", "payment_method"),
  REFUND("/refunds", "ref_", "payment"),
  /** The cardholder's objection to a payment: a person opens it, and no key is needed. */
  DISPUTE("/disputes", "dp_", "payment");

  /** Those that a merchant asks for, under a key. */
  public static final List<Resource> ASKED_FOR = List.of(PAYMENT, REFUND);

  private final String path;
  private final String idPrefix;
  private final String sourceMember;

  Resource(String path, String idPrefix, String sourceMember) {
    this.path = path;
    this.idPrefix = idPrefix;
    this.sourceMember = sourceMember;
  }

  public String path() {
    return path;
  }

  /** The member of a body that says where the money comes from. */
  public String sourceMember() {
    return sourceMember;
  }

  /** {@code payment}, {@code refund} or {@code dispute}, as journal and settlements write it. */
  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The id that goes with a number, such as {@code pay_gq3x1k2m9f}. */
  public String id(long number) {
    return idPrefix + Long.toString(number, Character.MAX_RADIX);
  }

  /** The number in an id, or −1 if this is no id that {@link #id} makes. */
  public long number(String id) {
    if (!id.startsWith(idPrefix)) {
      return -1;
    }
    try {
      long number = Long.parseLong(id.substring(idPrefix.length()), Character.MAX_RADIX);
      return id(number).equals(id) ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
