package io.onceledger.core.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * SHA-256 over an operation and its fields: equal if and only if the requests mean the same. Every
 * field is written with its length (absent is −1), so that no two lists of fields run together;
 * texts are digested as UTF-8.
 */
public final class Fingerprint {

  /** The canonical form of today. A stored key keeps the version that it was made with. */
  public static final int VERSION = 1;

  private final int version;
  private final byte[] bytes;

  private Fingerprint(int version, byte[] bytes) {
    this.version = version;
    this.bytes = bytes;
  }

  /** Begins one; {@code operation} is the method and the route with its ids. */
  public static Builder of(String operation) {
    return new Builder().add(operation);
  }

  /** The one whose {@link #version} and {@link #bytes} were stored. */
  public static Fingerprint stored(int version, byte[] bytes) {
    return new Fingerprint(version, bytes.clone());
  }

  /** The canonical form that it digests; those of two versions are never equal. */
  public int version() {
    return version;
  }

  /** 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that
        && version == that.version
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Takes the fields in their order; used by one thread, once. */
  public static final class Builder {

    private final MessageDigest digest;

    private Builder() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    /** Adds a text; null is absent, which differs from empty. */
    public Builder add(String value) {
      if (value == null) {
        return length(-1);
      }
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      length(utf8.length);
      digest.update(utf8);
      return this;
    }

    public Builder add(long value) {
      length(Long.BYTES);
      return bigEndian(value, Long.BYTES);
    }

    public Builder add(SortedMap<String, String> values) {
      length(values.size());
      values.forEach((name, value) -> add(name).add(value));
      return this;
    }

    /** Ends it. */
    public Fingerprint done() {
      return new Fingerprint(VERSION, digest.digest());
    }

    private Builder length(int length) {
      return bigEndian(length, Integer.BYTES);
    }

    private Builder bigEndian(long value, int bytes) {
      for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        digest.update((byte) (value >>> shift));
      }
      return this;
    }
  }
}
