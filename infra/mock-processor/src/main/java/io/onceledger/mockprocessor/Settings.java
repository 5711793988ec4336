package io.onceledger.mockprocessor;

import io.onceledger.mockprocessor.fault.Caches;
import io.onceledger.mockprocessor.fault.Faults;
import io.onceledger.mockprocessor.notification.NotificationSettings;
import io.onceledger.mockprocessor.notification.Retries;
import io.onceledger.mockprocessor.notification.Signer;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the environment says.
 *
 * @param port 0 for any that is free
 * @param data the directory of the journal
 * @param faults what the processor promises, and that nothing goes wrong yet
 * @param notifications empty if nobody is notified
 */
public record Settings(
    String host, int port, Path data, Faults faults, Optional<NotificationSettings> notifications) {
  private static final String PREFIX = "LEDGER_PROCESSOR_";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  /**
   * Reads the variables {@code LEDGER_PROCESSOR_…}; one that is empty counts as not set.
   *
   * @throws StartFailure naming the variable that cannot be read
   */
  public static Settings of(Map<String, String> environment) throws StartFailure {
    return new Settings(
        value(environment, "HOST", "127.0.0.1"),
        port(value(environment, "PORT", "8090")),
        path(value(environment, "DATA", ".ledger/processor")),
        Faults.none(
            caches(value(environment, "PROFILE_CACHES", "successes")),
            duration("PROFILE_KEY_RETENTION", value(environment, "PROFILE_KEY_RETENTION", "24h")),
            flag("PROFILE_LOOKUP_BY_KEY", value(environment, "PROFILE_LOOKUP_BY_KEY", "true")),
            flag("PROFILE_CANCEL_BY_KEY", value(environment, "PROFILE_CANCEL_BY_KEY", "true"))),
        notifications(environment));
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(PREFIX + name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static int port(String text) throws StartFailure {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw bad("PORT", text, "set it to a number from 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  private static Optional<NotificationSettings> notifications(Map<String, String> environment)
      throws StartFailure {
    String url = value(environment, "NOTIFICATION_URL", "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!url.matches("https?://[^\\s/?#]+[^\\s#]*")) {
      throw bad("NOTIFICATION_URL", url, "set it to a URL such as http://host:port/path");
    }
    try {
      Signer signer = Signer.of(value(environment, "WEBHOOK_SECRET", ""));
      return Optional.of(new NotificationSettings(URI.create(url), signer, Retries.DEFAULT));
    } catch (IllegalArgumentException e) {
      // Its value is not shown: it may be nearly right.
      throw new StartFailure(
          PREFIX
              + "WEBHOOK_SECRET signs what goes to NOTIFICATION_URL; set it to whsec_ and base64"
              + " of 24 to 64 bytes");
    }
  }

  private static Path path(String text) throws StartFailure {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw bad("DATA", text, "set it to a directory");
    }
  }

  private static Caches caches(String text) throws StartFailure {
    return switch (text) {
      case "successes" -> Caches.SUCCESSES;
      case "all" -> Caches.ALL;
      default -> throw bad("PROFILE_CACHES", text, "set it to successes or all");
    };
  }

  private static Duration duration(String name, String text) throws StartFailure {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw bad(name, text, "set it to a duration such as 24h, 10m, 5s or 100ms");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static boolean flag(String name, String text) throws StartFailure {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(name, text, "set it to true or false");
    };
  }

  private static StartFailure bad(String name, String text, String remedy) {
    return new StartFailure(PREFIX + name + " is \"" + text + "\"; " + remedy);
  }
}
