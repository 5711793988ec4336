package io.onceledger.api.notification;

import io.onceledger.api.notification.WebhookSignature.Verdict;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Lets in what the processor has signed with {@code LEDGER_PROCESSOR_WEBHOOK_SECRET}: one secret,
 * or several with commas between them while it is changed. Without one nothing is let in, which is
 * logged once. One that is none keeps the process from starting.
 */
@Singleton
class ProcessorSignature {

  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private static final Logger LOG = Logger.getLogger(ProcessorSignature.class);

  private final Optional<WebhookSignature> signature;

  ProcessorSignature(
      @ConfigProperty(name = "ledger.processor.webhook-secret") Optional<String> secrets) {
    signature = secrets.map(texts -> WebhookSignature.by(texts, Clock.systemUTC()));
  }

  void start(@Observes StartupEvent event) {
    if (signature.isEmpty()) {
      LOG.warn(
          "LEDGER_PROCESSOR_WEBHOOK_SECRET is not set: the processor's notifications are refused");
    }
  }

  /**
   * Lets a request pass that is the processor's and not old.
   *
   * @throws Refusal {@code invalid-signature} for any other; it says the same to all of them
   */
  void require(HttpHeaders headers, byte[] body) {
    boolean genuine =
        signature.isPresent()
            && signature
                    .get()
                    .verify(
                        headers.getRequestHeader(ID),
                        headers.getRequestHeader(TIMESTAMP),
                        headers.getRequestHeader(SIGNATURE),
                        body)
                == Verdict.GENUINE;
    if (!genuine) {
      throw Refusal.of(
          ProblemCode.INVALID_SIGNATURE,
          "Sign id, timestamp and body as Standard Webhooks says, just before you send.");
    }
  }
}
