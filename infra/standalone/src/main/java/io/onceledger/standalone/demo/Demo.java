package io.onceledger.standalone.demo;

import io.onceledger.standalone.Environment;
import io.onceledger.standalone.process.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends orders to a running {@code infra/up} while the processor misbehaves, and proves what became
 * of them.
 *
 * <p>Exit code 0: proven. 1: not proven, or it could not be carried out. 2: the arguments or the
 * file cannot be used; nothing was sent.
 */
public final class Demo {
  /** A killed database or API is back within seconds; one that stays away is told after this. */
  private static final Duration WITHOUT_AN_ANSWER = Duration.ofMinutes(2);

  /** The script knows where its output goes. */
  private static final boolean TERMINAL = Boolean.getBoolean("onceledger.terminal");

  private final DemoOptions options;
  private final LedgerApi api;
  private final Processor processor;
  private final Patience answers = new Patience("answer", WITHOUT_AN_ANSWER);

  private Demo(DemoOptions options, Http http, Endpoints endpoints) {
    this.options = options;
    this.api = new LedgerApi(http, endpoints.api());
    this.processor = new Processor(http, endpoints.processor());
  }

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      DemoOptions options =
          DemoOptions.parse(
              arguments,
              Path.of(System.getProperty("onceledger.root", ""), "infra/standalone/orders.csv"),
              System.currentTimeMillis() % 1_000_000);
      List<Order> orders = OrderFile.read(options.file());
      Endpoints endpoints = Endpoints.from(new Environment(System.getenv()));
      Http http = new Http();
      endpoints.refuseAbsent(http);
      return new Demo(options, http, endpoints).prove(orders) ? 0 : 1;
    } catch (BadInputException bad) {
      bad.lines().forEach(line -> System.err.println("infra/demo: " + line));
      return 2;
    } catch (RefusedException bad) {
      System.err.println("infra/demo: " + bad.getMessage());
      return 2;
    } catch (GivenUpException failure) {
      System.err.println("infra/demo: " + failure.getMessage());
      return 1;
    }
  }

  private boolean prove(List<Order> orders) {
    DeliveryPlan plan = DeliveryPlan.of(orders, options.seed());
    System.out.printf(
        "%,d orders from %s, %,d deliveries, seed %d%n",
        orders.size(), options.file(), plan.requests(), options.seed());
    Processor.Counts before = processor.counts(answers);
    Deliveries deliveries = new Deliveries(api, answers);
    BorrowedFaults.during(
        () -> {
          send(plan, deliveries, orders.size());
          settle(deliveries.receipts());
        },
        processor,
        Processor.someFaults(options.seed()),
        answers);
    Evidence evidence =
        new Investigation(api, processor, answers).gather(orders, deliveries.receipts());
    Proof proof = Proof.of(evidence);
    Processor.Counts counts = processor.counts(answers).since(before);
    Report.lines(deliveries.counts(), evidence, counts, proof).forEach(System.out::println);
    return proof.holds();
  }

  private void send(DeliveryPlan plan, Deliveries deliveries, int orders) {
    Progress.during(
        () -> deliveries.carryOut(plan),
        TERMINAL,
        System.out,
        () ->
            String.format(
                "sending: %,d of %,d orders answered, %,d requests, %,d of them again",
                deliveries.receipts().answered(),
                orders,
                deliveries.counts().requests(),
                deliveries.counts().again()));
  }

  private void settle(Receipts receipts) {
    Set<String> charges = Set.copyOf(receipts.charges().values());
    AtomicInteger open = new AtomicInteger(charges.size());
    Settlement settlement =
        new Settlement(api, answers, new Patience("charge became final", options.patience()));
    Progress.during(
        () -> settlement.await(charges, open::set),
        TERMINAL,
        System.out,
        () ->
            String.format(
                "settling: %,d of %,d charges final", charges.size() - open.get(), charges.size()));
  }
}
