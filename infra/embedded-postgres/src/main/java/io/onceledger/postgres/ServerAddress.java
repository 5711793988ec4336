package io.onceledger.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A server and its superuser; {@code query} is what follows the database, with its "?". */
record ServerAddress(String server, String query, String user, String password) {

  static ServerAddress embedded(int port) {
    return new ServerAddress("jdbc:postgresql://127.0.0.1:" + port, "", "postgres", "");
  }

  /**
   * Takes user and password out of a JDBC URL: the driver prefers those in the URL to the ones that
   * a caller gives, and nobody could connect as another role.
   */
  static ServerAddress parse(String jdbcUrl) {
    int path = jdbcUrl.indexOf('/', "jdbc:postgresql://".length());
    if (!jdbcUrl.startsWith("jdbc:postgresql://") || path < 0) {
      throw new PostgresUnavailableException(
          "LEDGER_TEST_DATABASE_URL is not jdbc:postgresql://host:port/database?user=…&password=…");
    }
    int mark = jdbcUrl.indexOf('?', path);
    List<String> parameters =
        mark < 0 ? List.of() : Arrays.asList(jdbcUrl.substring(mark + 1).split("&", -1));
    String others =
        parameters.stream()
            .filter(p -> !p.startsWith("user=") && !p.startsWith("password="))
            .collect(Collectors.joining("&"));
    return new ServerAddress(
        jdbcUrl.substring(0, path),
        others.isEmpty() ? "" : "?" + others,
        parameter(parameters, "user", "postgres"),
        parameter(parameters, "password", ""));
  }

  String jdbcUrl(String database) {
    return server + "/" + database + query;
  }

  @Override
  public String toString() {
    return server; // never the password
  }

  private static String parameter(List<String> parameters, String name, String otherwise) {
    return parameters.stream()
        .filter(p -> p.startsWith(name + "="))
        .map(p -> URLDecoder.decode(p.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElse(otherwise);
  }
}
