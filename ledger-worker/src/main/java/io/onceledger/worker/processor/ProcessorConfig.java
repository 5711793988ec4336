package io.onceledger.worker.processor;

import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the processor is, how it is called and what it promises: {@code LEDGER_PROCESSOR_…}. */
@ConfigMapping(prefix = "ledger.processor")
public interface ProcessorConfig {

  /** Base URL; {@code /payments} is appended. */
  URI url();

  /** From the first byte to the end of the answer. */
  @WithDefault("10s")
  Duration callTimeout();

  /** By which clocks may differ. */
  @WithDefault("1s")
  Duration clockSkew();

  /** How long after its first send a key may be on its way again; default: half the retention. */
  Optional<Duration> safeResendWindow();

  /** How long an ambiguous attempt may be sent again; default: window − time-out − skew. */
  Optional<Duration> retryHorizon();

  /** How long a settlement report may pause; well below the lease of the run that reads it. */
  @WithDefault("20s")
  Duration reportStall();

  /** Calls under way at once, by this worker. */
  @WithDefault("256")
  int concurrency();

  /**
   * Attempts that decide nothing before a person has to look; see {@link
   * io.onceledger.core.processor.Patience}. With waits that grow to five minutes, twenty take about
   * half an hour; an outage does not count.
   */
  @WithDefault("20")
  int maxAttempts();

  /** When it is left alone. */
  Breaker breaker();

  /** What may be spent on calls that are not the first of their message. */
  Retries retries();

  /** What the processor promises. */
  Profile profile();

  /** {@code LEDGER_PROCESSOR_BREAKER_…}. */
  interface Breaker {

    /**
     * So many of the last calls are looked at: few enough that an outage costs little, and enough
     * that chance does not look like one.
     */
    @WithDefault("100")
    int calls();

    /**
     * It opens when so many of a hundred of them failed. A processor that fails every other call
     * still does half of the work, and the rest is retried: it is not left alone.
     */
    @WithDefault("75")
    int failurePercent();

    /** How long nothing is called then: one try a second is no burden. */
    @WithDefault("1s")
    Duration delay();

    /** So many calls, one after the other, have to succeed before all is as it was. */
    @WithDefault("3")
    int probes();
  }

  /** {@code LEDGER_PROCESSOR_RETRIES_…}. */
  interface Retries {

    /** For each hundred first tries. */
    @WithDefault("20")
    int percent();

    /**
     * And as many a second in any case, by this worker: what is left of an outage is looked up
     * though nothing new comes in, 20 000 messages in little more than three minutes.
     */
    @WithDefault("100")
    int perSecond();
  }

  /** {@code LEDGER_PROCESSOR_PROFILE_…}. */
  interface Profile {

    /** Which answers a key pins. The default is the less convenient one. */
    @WithDefault("successes")
    Caches caches();

    /** How long a key is remembered. */
    @WithDefault("24h")
    Duration keyRetention();

    /** Whether the processor can be asked by key. */
    @WithDefault("true")
    boolean lookupByKey();

    /** Whether the processor can be told by key that it must not act. */
    @WithDefault("true")
    boolean cancelByKey();

    /** After which an absent payment that was absent before will not appear any more. */
    @WithDefault("5s")
    Duration settleTime();
  }

  /**
   * The profile with its defaults filled in.
   *
   * @throws ConfigurationException with the numbers, when sending again would not be safe
   */
  default ProcessorProfile checkedProfile() {
    Duration window = safeResendWindow().orElse(profile().keyRetention().dividedBy(2));
    ProcessorProfile checked =
        new ProcessorProfile(
            profile().caches(),
            profile().keyRetention(),
            profile().lookupByKey(),
            profile().cancelByKey(),
            profile().settleTime(),
            callTimeout(),
            clockSkew(),
            window,
            retryHorizon().orElse(window.minus(callTimeout()).minus(clockSkew())));
    List<String> violations = checked.violations();
    if (!violations.isEmpty()) {
      throw new ConfigurationException(
          "Sending an ambiguous charge again could charge it twice: "
              + String.join("; ", violations));
    }
    return checked;
  }
}
