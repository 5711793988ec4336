package io.onceledger.standalone.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A question to a process whether it does its work. */
@FunctionalInterface
public interface Readiness {
  boolean ready();

  /** Ready when a GET of the address answers 200. */
  static Readiness http(URI address) {
    // On loopback an answer takes milliseconds; a process that hangs must not hang the launcher.
    Duration patience = Duration.ofSeconds(2);
    HttpClient client = HttpClient.newBuilder().connectTimeout(patience).build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).build();
    return () -> {
      try {
        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException notYet) {
        return false;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    };
  }
}
