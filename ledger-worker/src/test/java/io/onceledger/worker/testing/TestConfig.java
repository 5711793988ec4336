package io.onceledger.worker.testing;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Configuration as the worker reads it, quicker where a busy machine does not mind. */
public final class TestConfig {

  private static final Map<String, String> QUICK =
      Map.ofEntries(
          Map.entry("ledger.processor.url", "http://127.0.0.1:1"),
          Map.entry("ledger.processor.concurrency", "32"),
          Map.entry("ledger.processor.call-timeout", "10s"),
          Map.entry("ledger.processor.clock-skew", "250ms"),
          Map.entry("ledger.processor.profile.settle-time", "10ms"),
          Map.entry("ledger.processor.breaker.calls", "20"),
          Map.entry("ledger.processor.breaker.delay", "100ms"),
          Map.entry("ledger.processor.breaker.probes", "2"),
          Map.entry("ledger.worker.send-within", "1s"),
          Map.entry("ledger.worker.lease", "30s"));

  private TestConfig() {}

  /** The configuration of one feature, with {@code values} in place of the quick ones. */
  public static <T> T of(Class<T> mapping, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(QUICK);
    all.putAll(values);
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(mapping)
        .withValidateUnknown(false)
        .withSources(new PropertiesConfigSource(all, "test", 100))
        .build()
        .getConfigMapping(mapping);
  }
}
