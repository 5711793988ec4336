package io.onceledger.conformance;

import io.onceledger.conformance.Options.UsageException;
import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.NoAnswerException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs the rules of the contract against a ledger and prints which of them hold.
 *
 * <p>Exit code 0: none is broken. 1: one is. 2: the arguments cannot be used, or the ledger cannot
 * be reached with them; no rule was run.
 */
public final class Conformance {
  private static final int BROKEN = 1;
  private static final int NOT_RUN = 2;

  private final RuleBook rules;
  private final PrintStream out;

  private Conformance(RuleBook rules, PrintStream out) {
    this.rules = rules;
    this.out = out;
  }

  public static void main(String[] arguments) {
    // Rules and answers have characters beyond ASCII, wherever they are printed.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(Arrays.asList(arguments), System.getenv(), out, System.err));
  }

  /** As from the command line; returns the exit code. */
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(arguments, environment);
      Conformance conformance = new Conformance(new RuleBook(options.only()), out);
      return options.url().isEmpty() || options.list()
          ? conformance.list()
          : conformance.judge(reached(options));
    } catch (UsageException failure) {
      err.println("infra/conformance: " + failure.getMessage());
      return NOT_RUN;
    }
  }

  private static Ledger reached(Options options) {
    URI url = options.url().orElseThrow();
    Options.Keys keys = options.keys();
    Ledger ledger = new Ledger(url, keys.merchant(), keys.otherMerchant(), keys.operator());
    try {
      admitted(ledger.merchant().get("/v1/charges?limit=1"), "--merchant-key");
      admitted(ledger.otherMerchant().get("/v1/charges?limit=1"), "--other-merchant-key");
      admitted(ledger.operator().get("/v1/ops/invariants"), "--operator-key");
    } catch (NoAnswerException none) {
      throw new UsageException("cannot reach " + url + ": " + none.reason());
    }
    return ledger;
  }

  private static void admitted(Answer answer, String option) {
    if (answer.status() == 401) {
      throw new UsageException("the ledger does not know the key; give another with " + option);
    }
  }

  private int list() {
    rules.list(out);
    return 0;
  }

  private int judge(Ledger ledger) {
    out.printf(
        "Judging %s. Charges of at most a few units, under fresh keys (%s…), are really made;%n"
            + "nothing that is there is changed, so a ledger in use may be judged, too.%n",
        ledger.base(), ledger.keyPrefix());
    Report report = new Report(out);
    rules.run(ledger, report);
    report.summary();
    return report.noneIsBroken() ? 0 : BROKEN;
  }
}
