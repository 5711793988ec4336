package io.onceledger.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.standalone.process.RefusedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void a_taken_port_names_the_variable_that_moves_it() throws Exception {
    try (ServerSocket loopback = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket everywhere = new ServerSocket(0)) {
      assertRefused(loopback.getLocalPort());
      assertRefused(everywhere.getLocalPort());
    }
  }

  @Test
  void a_port_that_was_closed_a_moment_ago_is_free() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Ports.refuseTaken(Map.of(port, "LEDGER_API_PORT"));
  }

  private static void assertRefused(int port) {
    assertThatThrownBy(() -> Ports.refuseTaken(Map.of(port, "LEDGER_API_PORT")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("port " + port + " is taken: stop what listens there, or set LEDGER_API_PORT");
  }
}
