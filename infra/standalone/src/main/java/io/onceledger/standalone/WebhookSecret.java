package io.onceledger.standalone;

import io.onceledger.standalone.process.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that processor and API share: as given, or made once and kept with the data. */
final class WebhookSecret {
  /** Standard Webhooks asks for 24 to 64 bytes. */
  private static final int BYTES = 32;

  private WebhookSecret() {}

  static String of(Environment environment, Path data) {
    if (environment.has("LEDGER_PROCESSOR_WEBHOOK_SECRET")) {
      return environment.text("LEDGER_PROCESSOR_WEBHOOK_SECRET", "");
    }
    Path file = data.resolve("processor-webhook-secret");
    try {
      return Files.exists(file) ? Files.readString(file).strip() : make(file);
    } catch (IOException failure) {
      throw new RefusedException("LEDGER_DATA cannot be used: " + failure, failure);
    }
  }

  private static String make(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String secret = "whsec_" + Base64.getEncoder().encodeToString(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret + "\n");
    return secret;
  }
}
