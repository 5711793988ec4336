package io.onceledger.standalone.demo;

import io.onceledger.standalone.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;

/** Where a running {@code infra/up} is, from the variables that it was started with. */
record Endpoints(URI api, URI apiManagement, URI processor) {

  static Endpoints from(Environment environment) {
    return new Endpoints(
        loopback(environment.port("LEDGER_API_PORT", 8080)),
        loopback(environment.port("LEDGER_API_MANAGEMENT_PORT", 9000)),
        environment.has("LEDGER_PROCESSOR_URL")
            ? environment.url("LEDGER_PROCESSOR_URL")
            : loopback(environment.port("LEDGER_PROCESSOR_PORT", 8090)));
  }

  /**
   * Asks the API whether it works.
   *
   * @throws GivenUpException if it does not, or is not there
   */
  void refuseAbsent(Http http) {
    String why;
    try {
      int status =
          http.send(
                  Http.request(apiManagement.resolve("/q/health/ready")).build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status == 200) {
        return;
      }
      why = "it answers " + status;
    } catch (IOException noAnswer) {
      why = Http.reason(noAnswer);
    }
    throw new GivenUpException(
        "no Onceledger is ready at "
            + apiManagement
            + " ("
            + why
            + "): start infra/up, and give both the same LEDGER_ variables");
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
