package io.onceledger.standalone.chaos;

import io.onceledger.standalone.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a stack of our own listens: as the variables say, else on ports that are free, so that an
 * {@code infra/up} beside it is not in the way.
 */
public record Place(
    Path data, int api, int apiManagement, int processor, int database, int workerManagement) {
  /** The five above, and the other workers' behind the last. */
  private static final int PORTS = 8;

  /**
   * Below those that systems give to outgoing connections: what is free now is so still when its
   * process starts, half a minute later.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private static final int TRIES = 100;

  public static Place of(Environment environment, Path data) {
    int first = freeInARow();
    return new Place(
        data,
        environment.port("LEDGER_API_PORT", first),
        environment.port("LEDGER_API_MANAGEMENT_PORT", first + 1),
        environment.port("LEDGER_PROCESSOR_PORT", first + 2),
        environment.port("LEDGER_DATABASE_PORT", first + 3),
        environment.port("LEDGER_WORKER_MANAGEMENT_PORT", first + 4));
  }

  /** The same in variables. A database or processor that exists elsewhere is left alone. */
  public Environment environment(Environment around, Map<String, String> settings) {
    Map<String, String> variables = new HashMap<>(around.variables());
    variables.putAll(settings);
    variables.put("LEDGER_DATABASE_URL", "");
    variables.put("LEDGER_PROCESSOR_URL", "");
    // Who is told needs not ask: it is the asking that is to be seen.
    variables.put("LEDGER_PROCESSOR_NOTIFICATIONS", "off");
    variables.put("LEDGER_DATA", data.toString());
    variables.put("LEDGER_API_PORT", Integer.toString(api));
    variables.put("LEDGER_API_MANAGEMENT_PORT", Integer.toString(apiManagement));
    variables.put("LEDGER_PROCESSOR_PORT", Integer.toString(processor));
    variables.put("LEDGER_DATABASE_PORT", Integer.toString(database));
    variables.put("LEDGER_WORKER_MANAGEMENT_PORT", Integer.toString(workerManagement));
    return new Environment(variables);
  }

  private static int freeInARow() {
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (areFree(first)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + PORTS + " free ports in a row");
  }

  private static boolean areFree(int first) {
    for (int port = first; port < first + PORTS; port++) {
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
