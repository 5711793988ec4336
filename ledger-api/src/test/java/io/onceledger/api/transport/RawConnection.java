package io.onceledger.api.transport;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A connection to the API on which anything can be sent, and what comes back is read as it is. */
final class RawConnection implements AutoCloseable {

  /** What the slowest rule under test may take, many times over: a failure, never a measure. */
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  static RawConnection open() {
    try {
      Socket socket = new Socket("localhost", RestAssured.port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      return new RawConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to {@code request} on a connection of its own. */
  static Answer answer(String request) {
    try (RawConnection connection = open()) {
      connection.send(request);
      return connection.read();
    }
  }

  /** Each character is sent as one byte. */
  void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #send}, to somebody who may have stopped listening. */
  boolean isSent(String text) {
    try {
      send(text);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The next answer; its body is as long as it says. */
  Answer read() {
    try {
      List<String> head = readHead();
      int length = new Answer(head, "").header("content-length").map(Integer::parseInt).orElse(0);
      byte[] body = socket.getInputStream().readNBytes(length);
      return new Answer(head, new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the other side closes; what comes before is read and dropped. */
  boolean isClosed() {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      // Reset.
      return true;
    }
  }

  private List<String> readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString().lines().toList();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer: its head as lines, the body as text. */
  record Answer(List<String> head, String body) {

    int status() {
      return Integer.parseInt(head.get(0).split(" ", -1)[1]);
    }

    Optional<String> header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .skip(1)
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    }
  }
}
