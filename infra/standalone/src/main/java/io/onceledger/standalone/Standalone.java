package io.onceledger.standalone;

import io.onceledger.standalone.process.RefusedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * Starts the {@link Stack} and stays until it is told to stop.
 *
 * <p>Exit code 1, with one line that says why and nothing left running, if something refuses to
 * start. Configured by environment variables only; the arguments are the script's.
 */
public final class Standalone {

  private Standalone() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      Stack stack =
          Stack.prepare(new Environment(System.getenv()), Console::say, UnaryOperator.identity());
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
      stack.start();
      Welcome.lines(stack.settings()).forEach(Console::say);
    } catch (CancellationException stoppedWhileStarting) {
      // by a signal, which also ends this JVM
    } catch (RefusedException refusal) {
      Console.fail("infra/up: " + refusal.getMessage());
      System.exit(1); // the shutdown hook stops what was started
    }
    new CountDownLatch(1).await(); // until a signal ends the JVM
  }
}
