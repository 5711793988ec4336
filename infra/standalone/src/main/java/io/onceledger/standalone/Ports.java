package io.onceledger.standalone;

import io.onceledger.standalone.process.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Whether ports are free. Asked before anything starts: the usual mistake, told at once. */
final class Ports {
  private Ports() {}

  /**
   * Tries all of them.
   *
   * @param ports a port and the variable that moves it
   * @throws RefusedException naming the first that is taken
   */
  static void refuseTaken(Map<Integer, String> ports) {
    ports.forEach(
        (port, variable) -> {
          try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
          } catch (IOException taken) {
            throw new RefusedException(
                "port " + port + " is taken: stop what listens there, or set " + variable, taken);
          }
        });
  }
}
