package io.onceledger.mockprocessor.summary;

import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;

/**
 * How often each key that ever acted has acted. Unlike the keys themselves this is never forgotten:
 * a second effect under a key that had expired is what it is there to show.
 *
 * <p>A key costs some twenty bytes, for only its hash is kept. Two of ten million keys share one of
 * 64 bits with a probability of 3 in a million.
 */
final class EffectCounts {
  private static final int INITIAL_CAPACITY = 1 << 10;

  /** An empty place; a hash that happens to be 0 is taken for 1. */
  private static final long EMPTY = 0;

  private long[] hashes = new long[INITIAL_CAPACITY];
  private int[] counts = new int[INITIAL_CAPACITY];
  private int size;

  /** Counts one more effect; returns how many the key has had with it. */
  int increment(Key key) {
    if (size >= hashes.length / 4 * 3) {
      grow();
    }
    long hash = hash(key);
    int place = place(hashes, hash);
    if (hashes[place] == EMPTY) {
      hashes[place] = hash;
      size++;
    }
    return ++counts[place];
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldCounts = counts;
    hashes = new long[oldHashes.length * 2];
    counts = new int[oldCounts.length * 2];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != EMPTY) {
        int place = place(hashes, oldHashes[i]);
        hashes[place] = oldHashes[i];
        counts[place] = oldCounts[i];
      }
    }
  }

  /** Where a hash is, or would be: the first free place from its own on. */
  private static int place(long[] hashes, long hash) {
    int mask = hashes.length - 1;
    int place = (int) hash & mask;
    while (hashes[place] != EMPTY && hashes[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static long hash(Key key) {
    long hash = mix(key.resource() == Resource.PAYMENT ? 1 : 2, key.merchantAccount());
    // The separator keeps ("ab", "c") and ("a", "bc") apart.
    hash = mix(hash * 31 + 1, key.value());
    return hash == EMPTY ? 1 : hash;
  }

  private static long mix(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
