package io.onceledger.standalone;

import io.onceledger.standalone.process.RefusedException;
import java.net.URI;
import java.util.Map;

/**
 * Environment variables as typed values; a value that cannot be used is refused by the name of its
 * variable. An empty one counts as not set.
 */
public record Environment(Map<String, String> variables) {
  static final int LAST_PORT = 65535;

  public boolean has(String name) {
    return !text(name, "").isEmpty();
  }

  public String text(String name, String otherwise) {
    String value = variables.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  public int port(String name, int otherwise) {
    return number(name, otherwise, 1, LAST_PORT);
  }

  public int number(String name, int otherwise, int least, int most) {
    String value = text(name, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (least <= number && number <= most) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // refused below, like a number out of range
    }
    throw new RefusedException(
        name + " must be a number from " + least + " to " + most + ", not '" + value + "'");
  }

  /** A base URL, without the slash at its end. */
  public URI url(String name) {
    String value = text(name, "").replaceFirst("/+$", "");
    if (!value.matches("https?://[^\\s/?#]+[^\\s?#]*")) {
      throw new RefusedException(
          name + " must be a base URL like http://host:port, not '" + value + "'");
    }
    return URI.create(value);
  }
}
