package io.onceledger.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes instants as RFC 3339 in UTC with six digits, which is what PostgreSQL keeps. */
@Singleton
public final class Timestamps implements ObjectMapperCustomizer {

  private static final DateTimeFormatter SIX_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** After all others: of two serializers for a type Jackson takes the one that came last. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.getFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
    mapper.registerModule(
        new SimpleModule()
            .addSerializer(
                Instant.class,
                new JsonSerializer<Instant>() {
                  @Override
                  public void serialize(
                      Instant value, JsonGenerator json, SerializerProvider provider)
                      throws IOException {
                    json.writeString(SIX_DIGITS.format(value));
                  }
                }));
  }
}
