package io.onceledger.core.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts that are nearly another: one character is wrong, missing or too much. */
public final class Misspellings {

  private Misspellings() {}

  /** Of {@code text}, which is not empty: never the text itself. */
  public static Arbitrary<String> of(String text) {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, text.length() - 1);
    Arbitrary<String> character =
        Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.chars().ascii()),
                Tuple.of(3, Arbitraries.of(text.chars().mapToObj(c -> (char) c).toList())),
                Tuple.of(1, Arbitraries.chars().all()))
            .map(String::valueOf);
    return Arbitraries.oneOf(
            Combinators.combine(place, character).as((at, c) -> splice(text, at, at + 1, c)),
            Combinators.combine(place, character).as((at, c) -> splice(text, at, at, c)),
            character.map(c -> text + c),
            place.map(at -> splice(text, at, at + 1, "")),
            place.map(at -> text.substring(0, at)),
            place.map(at -> splice(text, at, at, text)))
        .filter(other -> !other.equals(text));
  }

  private static String splice(String text, int start, int end, String middle) {
    return text.substring(0, start) + middle + text.substring(end);
  }
}
