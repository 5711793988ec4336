package io.onceledger.api.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.api.problem.FieldError;
import io.onceledger.api.problem.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Takes the members of an object one by one, each under its rule, and collects what is wrong. A
 * value is never converted: a number in quotes is not a number. What is left at the end is unknown,
 * and refused too, unless the sender may add to it.
 */
public final class JsonFields {

  private final ObjectNode object;
  private final Set<String> taken = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  public JsonFields(ObjectNode object) {
    this.object = object;
  }

  /** An integer from {@code smallest} to {@code largest}; 0 after an error. */
  public long integer(String name, long smallest, long largest) {
    JsonNode value = take(name);
    if (value == null || !isInteger(value, smallest, largest)) {
      error(at(name), integerFrom(smallest, largest));
      return 0;
    }
    return value.longValue();
  }

  /** As {@link #integer}, or null when it is absent or null. */
  public Long optionalInteger(String name, long smallest, long largest) {
    return isAbsent(name) ? null : Long.valueOf(integer(name, smallest, largest));
  }

  /** As {@link #integer}, or {@code usual} when it is absent or null. */
  public long optionalInteger(String name, long smallest, long largest, long usual) {
    return isAbsent(name) ? usual : integer(name, smallest, largest);
  }

  /** An object of integers by name, or an empty map when it is absent, null or empty. */
  public SortedMap<String, Long> integers(
      String name, Predicate<String> rule, String description, long smallest, long largest) {
    SortedMap<String, Long> integers = new TreeMap<>();
    if (isAbsent(name)) {
      return integers;
    }
    JsonNode value = take(name);
    if (!value.isObject()) {
      error(at(name), "must be an object");
      return integers;
    }
    value
        .properties()
        .forEach(
            member -> {
              if (!rule.test(member.getKey())) {
                error(at(name), "must have names that are " + description);
              } else if (!isInteger(member.getValue(), smallest, largest)) {
                error(at(name).appendProperty(member.getKey()), integerFrom(smallest, largest));
              } else {
                integers.put(member.getKey(), member.getValue().longValue());
              }
            });
    return integers;
  }

  /** A text that {@code rule} holds for; empty after an error. */
  public String text(String name, Predicate<String> rule, String description) {
    JsonNode value = take(name);
    if (value == null || !value.isTextual() || !rule.test(value.textValue())) {
      error(at(name), "must be " + description);
      return "";
    }
    return value.textValue();
  }

  /** A text of 1 to {@code longest} characters; empty after an error. */
  public String text(String name, int longest) {
    return text(
        name,
        value -> !value.isBlank() && isWritable(value, longest),
        "a text of 1 to " + longest + " characters, without NUL");
  }

  /** A text that {@code rule} holds for, or null when it is absent or null. */
  public String optionalText(String name, Predicate<String> rule, String description) {
    return isAbsent(name) ? null : text(name, rule, description);
  }

  /** A text of at most {@code longest} characters, or null when it is absent or null. */
  public String optionalText(String name, int longest) {
    return optionalText(
        name,
        value -> isWritable(value, longest),
        "a text of at most " + longest + " characters, without NUL");
  }

  /** An object of texts, or an empty map when it is absent, null or empty. */
  public SortedMap<String, String> texts(String name, int most, int longestName, int longestValue) {
    SortedMap<String, String> texts = new TreeMap<>();
    JsonNode value = take(name);
    if (value == null || value.isNull()) {
      return texts;
    }
    if (!value.isObject() || value.size() > most) {
      error(at(name), "must be an object of at most " + most + " members");
      return texts;
    }
    value
        .properties()
        .forEach(
            member -> {
              if (member.getKey().isEmpty() || !isWritable(member.getKey(), longestName)) {
                error(
                    at(name),
                    "must have names of 1 to " + longestName + " characters, without NUL");
              } else if (!member.getValue().isTextual()
                  || !isWritable(member.getValue().textValue(), longestValue)) {
                error(
                    at(name).appendProperty(member.getKey()),
                    "must be a text of at most " + longestValue + " characters, without NUL");
              } else {
                texts.put(member.getKey(), member.getValue().textValue());
              }
            });
    return texts;
  }

  /** Ends the reading: refuses unknown members and everything collected before. */
  public void done() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!taken.contains(name)) {
                error(at(name), "is not a member of this request");
              }
            });
    doneWithoutRest();
  }

  /** As {@link #done}, where whoever sends may add members that mean nothing to us. */
  public void doneWithoutRest() {
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  private boolean isAbsent(String name) {
    JsonNode value = take(name);
    return value == null || value.isNull();
  }

  private static boolean isInteger(JsonNode value, long smallest, long largest) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= smallest
        && value.longValue() <= largest;
  }

  private static String integerFrom(long smallest, long largest) {
    return "must be an integer from " + smallest + " to " + largest;
  }

  private JsonNode take(String name) {
    taken.add(name);
    return object.get(name);
  }

  private void error(JsonPointer field, String detail) {
    errors.add(new FieldError(field.toString(), detail));
  }

  private static JsonPointer at(String name) {
    return JsonPointer.empty().appendProperty(name);
  }

  /** PostgreSQL stores no NUL, and half a surrogate pair has no UTF-8. */
  private static boolean isWritable(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        && text.codePoints().noneMatch(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff));
  }
}
