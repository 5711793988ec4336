package io.onceledger.api.charge;

import io.onceledger.core.charge.ChargeRequest;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Requests to draw from: few characters, so that near misses are common, but awkward ones. */
final class AnyCharge {

  /** Composed and not, outside the BMP, what JSON escapes, what separates lines, and NUL's kin. */
  private static final String[] CHARACTERS = {
    "a",
    "b",
    "1",
    "\u00e9",
    "e\u0301",
    "\u212b",
    "\u00c5",
    "\ud83d\ude00",
    "\"",
    "\\",
    "/",
    "\n",
    "\u0001",
    "\u007f",
    "\u2028",
    "\ufeff",
    "\uffff",
    "\u202e",
    " ",
    "~",
    "{",
    ":",
    ","
  };

  private AnyCharge() {}

  /** Any that is valid. */
  static Arbitrary<ChargeRequest> valid() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 99_999_999_999L),
            Arbitraries.strings().withCharRange('A', 'C').ofLength(3),
            Arbitraries.strings().alpha().numeric().withChars('_').ofMinLength(1).ofMaxLength(64),
            texts(0, 500).injectNull(0.3),
            Arbitraries.maps(texts(1, 40), texts(0, 500)).ofMaxSize(5))
        .as(
            (amount, currency, method, description, metadata) ->
                new ChargeRequest(amount, currency, method, description, new TreeMap<>(metadata)));
  }

  /** Any that differs from {@code request} by the least, or not at all. */
  static Arbitrary<ChargeRequest> near(ChargeRequest request) {
    String description = request.description() == null ? "" : request.description();
    return Arbitraries.of(
        request,
        with(request, request.amount() + 1),
        with(request, request.amount() - 1),
        with(request, request.currency() + "x", request.paymentMethod(), description),
        with(request, request.currency(), "x" + request.paymentMethod(), description),
        with(request, request.currency(), request.paymentMethod() + "x", description),
        with(request, request.currency(), request.paymentMethod(), "x" + description),
        with(request, request.currency(), request.paymentMethod(), description + " "),
        with(request, request.currency(), request.paymentMethod(), ""),
        with(request, request.currency(), request.paymentMethod(), null),
        with(request, request.currency(), request.paymentMethod(), "null"),
        with(request, request.currency(), request.paymentMethod(), nfc(description)),
        with(request, request.currency(), request.paymentMethod(), nfd(description)),
        with(request, rest(request.metadata())),
        with(request, shifted(request.metadata())),
        with(request, exchanged(request.metadata())),
        with(request, and(request.metadata(), "", "")),
        with(request, and(request.metadata(), "x", description)));
  }

  private static Arbitrary<String> texts(int shortest, int longest) {
    return Arbitraries.of(CHARACTERS)
        .list()
        .ofMinSize(shortest)
        .ofMaxSize(longest / 2) // some of them are two code points
        .map(characters -> String.join("", characters));
  }

  private static ChargeRequest with(ChargeRequest request, long amount) {
    return new ChargeRequest(
        amount,
        request.currency(),
        request.paymentMethod(),
        request.description(),
        request.metadata());
  }

  private static ChargeRequest with(
      ChargeRequest request, String currency, String method, String description) {
    return new ChargeRequest(request.amount(), currency, method, description, request.metadata());
  }

  private static ChargeRequest with(ChargeRequest request, SortedMap<String, String> metadata) {
    return new ChargeRequest(
        request.amount(),
        request.currency(),
        request.paymentMethod(),
        request.description(),
        metadata);
  }

  private static SortedMap<String, String> and(
      SortedMap<String, String> metadata, String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(metadata);
    more.put(name, value);
    return more;
  }

  /** Without its first member. */
  private static SortedMap<String, String> rest(SortedMap<String, String> metadata) {
    TreeMap<String, String> rest = new TreeMap<>(metadata);
    if (!rest.isEmpty()) {
      rest.remove(rest.firstKey());
    }
    return rest;
  }

  /** With the boundary between names and values one character further on. */
  private static SortedMap<String, String> shifted(SortedMap<String, String> metadata) {
    SortedMap<String, String> shifted = new TreeMap<>();
    metadata.forEach(
        (name, value) -> {
          int one = value.isEmpty() ? 0 : value.offsetByCodePoints(0, 1);
          shifted.put(name + value.substring(0, one), value.substring(one));
        });
    return shifted;
  }

  /** With the values in the other order. */
  private static SortedMap<String, String> exchanged(SortedMap<String, String> metadata) {
    ArrayDeque<String> values = new ArrayDeque<>();
    metadata.values().forEach(values::push);
    SortedMap<String, String> exchanged = new TreeMap<>();
    metadata.keySet().forEach(name -> exchanged.put(name, values.pop()));
    return exchanged;
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static String nfd(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }
}
