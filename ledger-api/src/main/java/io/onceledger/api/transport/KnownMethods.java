package io.onceledger.api.transport;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/** Counts requests with methods that nobody knows as one: a stranger can invent any number. */
@Singleton
class KnownMethods implements MeterFilter {

  private static final String METHOD = "method";
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  @Override
  public Meter.Id map(Meter.Id id) {
    String method = id.getTag(METHOD);
    return method == null || KNOWN.contains(method) ? id : id.withTag(Tag.of(METHOD, "OTHER"));
  }
}
