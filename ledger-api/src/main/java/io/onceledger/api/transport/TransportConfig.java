package io.onceledger.api.transport;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a request may take before it is read: {@code LEDGER_HTTP_…}. */
@ConfigMapping(prefix = "ledger.http")
interface TransportConfig {

  /**
   * From its first byte to its last: 64 KiB take that long at 26 kbit/s, slower than any network
   * that a server is on. Each byte resets quarkus.http.idle-timeout; none resets this.
   */
  @WithDefault("20s")
  Duration requestTimeout();

  /** Header lines of one request: browsers and proxies together send some thirty. */
  @WithDefault("100")
  int mostHeaders();
}
