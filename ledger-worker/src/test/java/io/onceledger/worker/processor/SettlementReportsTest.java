package io.onceledger.worker.processor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.testing.OwnThread;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementReportsTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch done = new CountDownLatch(1);
  private final CompletableFuture<String> request = new CompletableFuture<>();
  private ServerSocket door;

  @BeforeEach
  void open() throws IOException {
    door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    done.countDown();
    door.close();
  }

  @Test
  void a_report_is_asked_for_by_its_day_and_read_to_its_end() throws Exception {
    answer("200 OK\r\nContent-Length: 5\r\n\r\nhello", false);

    try (InputStream report = reports(LONG).open(DAY)) {
      assertThat(report.readAllBytes()).asString().isEqualTo("hello");
    }
    assertThat(request.get()).startsWith("GET /base/settlements/2026-11-20 HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\nhalf of it\n",
        "Transfer-Encoding: chunked\r\n\r\nb\r\nhalf of it\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nff\r\nhalf of it\n"
      })
  void a_report_that_is_cut_does_not_end_as_if_it_were_whole(String rest) throws Exception {
    answer("200 OK\r\n" + rest, false);

    try (InputStream report = reports(LONG).open(DAY)) {
      assertThatThrownBy(report::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_report_whose_end_could_be_a_cut_is_refused() throws Exception {
    answer("200 OK\r\nConnection: close\r\n\r\nall or half of it\n", false);

    assertThatThrownBy(() -> reports(LONG).open(DAY)).hasMessageContaining("could be a cut");
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "500 Broken", "302 Found\r\nLocation: /other"})
  void another_answer_is_no_report(String head) throws Exception {
    answer(head + "\r\nContent-Length: 0\r\n\r\n", false);

    assertThatThrownBy(() -> reports(LONG).open(DAY))
        .hasMessageContaining("answered " + head.substring(0, 3));
  }

  @Test
  void a_report_that_stalls_is_given_up() throws Exception {
    answer("200 OK\r\nContent-Length: 100\r\n\r\nhalf", true);

    try (InputStream report = reports(Duration.ofMillis(200)).open(DAY)) {
      assertThatThrownBy(report::readAllBytes).hasMessageContaining("stalled");
    }
  }

  @Test
  void a_worker_that_stops_does_not_wait_for_a_report() throws Exception {
    answer("200 OK\r\nContent-Length: 100\r\n\r\nhalf", true);
    SettlementReports reports = reports(LONG);
    InputStream report = reports.open(DAY);
    assertThat(report.readNBytes(4)).hasSize(4);

    CompletableFuture<Void> stop =
        OwnThread.run(
            () -> {
              try {
                reports.abort();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThatThrownBy(report::readAllBytes).isInstanceOf(IOException.class);
    stop.get();
  }

  @Test
  void a_report_that_does_not_end_is_given_up() {
    WatchedStream watched = new WatchedStream(new ByteArrayInputStream(new byte[11]), LONG, 10);

    assertThatThrownBy(watched::readAllBytes).hasMessage("The report does not end");
  }

  private SettlementReports reports(Duration stall) {
    return new SettlementReports(
        URI.create("http://127.0.0.1:" + door.getLocalPort() + "/base/"), LONG, stall);
  }

  /** Answers one request, and hangs up, unless it is to {@code wait} for the end of the test. */
  private void answer(String answer, boolean wait) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket client = door.accept()) {
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                  head.append((char) client.getInputStream().read());
                }
                request.complete(head.toString());
                client.getOutputStream().write(("HTTP/1.1 " + answer).getBytes(ISO_8859_1));
                client.getOutputStream().flush();
                if (wait) {
                  done.await();
                }
              } catch (IOException | InterruptedException e) {
                request.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
