package io.onceledger.conformance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the caller asked for.
 *
 * @param url base URL of the ledger without a slash at its end; absent when rules are only listed
 * @param only rules whose family or sentence contains this, in any case; empty for all
 * @param list whether to print the rules instead of running them
 */
record Options(Optional<URI> url, Keys keys, String only, boolean list) {

  /** The API keys to use: those of two merchants and of an operator. */
  record Keys(String merchant, String otherMerchant, String operator) {}

  /** The arguments cannot be used; nothing was sent. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message + " (see infra/conformance --help)");
    }
  }

  /** Reads the arguments. They win over the environment, which wins over standalone's keys. */
  static Options parse(List<String> arguments, Map<String, String> environment) {
    String url = null;
    String merchant = environment.getOrDefault("CONFORMANCE_MERCHANT_KEY", "sk_test_demo");
    String other = environment.getOrDefault("CONFORMANCE_OTHER_MERCHANT_KEY", "sk_test_acme");
    String operator = environment.getOrDefault("CONFORMANCE_OPERATOR_KEY", "ok_test_operator");
    String only = "";
    boolean list = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--merchant-key" -> merchant = value(arguments, ++i);
        case "--other-merchant-key" -> other = value(arguments, ++i);
        case "--operator-key" -> operator = value(arguments, ++i);
        case "--only" -> only = value(arguments, ++i).toLowerCase(Locale.ROOT);
        case "--list" -> list = true;
        default -> {
          if (argument.startsWith("-") || url != null) {
            throw new UsageException("unknown argument " + argument);
          }
          url = argument;
        }
      }
    }
    if (url == null && !list) {
      throw new UsageException("give the URL of a ledger, such as http://127.0.0.1:8080");
    }
    return new Options(
        Optional.ofNullable(url).map(Options::url), keys(merchant, other, operator), only, list);
  }

  private static Keys keys(String merchant, String other, String operator) {
    for (String key : List.of(merchant, other, operator)) {
      // Not the key itself: it may be a real one, and the output may be kept.
      if (!key.matches("[!-~]+")) {
        throw new UsageException("an API key must be visible ASCII");
      }
    }
    if (merchant.equals(other)) {
      throw new UsageException("--merchant-key and --other-merchant-key must be two merchants'");
    }
    return new Keys(merchant, other, operator);
  }

  private static String value(List<String> arguments, int i) {
    if (i >= arguments.size()) {
      throw new UsageException(arguments.get(i - 1) + " needs a value");
    }
    return arguments.get(i);
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text.replaceFirst("/+$", ""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException notOne) {
      // As for any other that is not one.
    }
    throw new UsageException("not the URL of a ledger, such as http://127.0.0.1:8080: " + text);
  }
}
