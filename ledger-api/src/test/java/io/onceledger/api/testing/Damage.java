package io.onceledger.api.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Does to bytes what bad lines, bad programs and bad people do. */
public final class Damage {

  private static final List<byte[]> FRAGMENTS =
      List.of(
          utf8("\ufeff"),
          utf8("\\u0000"),
          utf8("\\ud800"),
          utf8("\\udc00\\ud800"),
          utf8("[".repeat(5_000)),
          utf8("{\"a\":".repeat(100)),
          utf8("1e999999999"),
          utf8("-0.0"),
          utf8("9".repeat(1_001)),
          utf8("9223372036854775808"),
          utf8("NaN"),
          utf8("\"4111 1111 1111 1111\""),
          utf8(",\"amount\":1"),
          utf8(",\"card\":{}"),
          utf8("/**/"),
          utf8("\0"),
          utf8(" ".repeat(70_000)),
          new byte[] {(byte) 0xc0, (byte) 0x80}, // NUL, the long way
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half a surrogate pair
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
          new byte[] {(byte) 0xff, (byte) 0xfe});

  private Damage() {}

  /** One change of {@code bytes}, at a random place. */
  public static byte[] any(byte[] bytes, Random random) {
    int start = random.nextInt(bytes.length + 1);
    int end = start + random.nextInt(Math.min(20, bytes.length - start) + 1);
    byte[] slice = Arrays.copyOfRange(bytes, start, end);
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(bytes, start);
      case 1 -> splice(bytes, start, end, new byte[0]);
      case 2 -> splice(bytes, end, end, slice);
      case 3 -> splice(bytes, start, end, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
      case 4 -> splice(bytes, start, end, digitsOf(random));
      default -> flipped(bytes, start, random);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    byte[] flipped = bytes.clone();
    if (at < bytes.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flipped;
  }

  private static byte[] digitsOf(Random random) {
    return utf8(String.valueOf(random.nextLong() >> random.nextInt(Long.SIZE)));
  }

  private static byte[] splice(byte[] bytes, int start, int end, byte[] middle) {
    byte[] spliced = Arrays.copyOf(bytes, start + middle.length + bytes.length - end);
    System.arraycopy(middle, 0, spliced, start, middle.length);
    System.arraycopy(bytes, end, spliced, start + middle.length, bytes.length - end);
    return spliced;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
