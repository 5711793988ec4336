package io.onceledger.mockprocessor.effect;

import java.util.Locale;

/** The two things that can be asked for, and the words in which they differ on the wire. */
public enum Resource {
  PAYMENT("/payments", "pay_", "payment_method"),
  REFUND("/refunds", "ref_", "payment");

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

  /** {@code payment} or {@code refund}, as journal and settlements write it. */
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
