package io.onceledger.mockprocessor.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Collects the body of a request, up to a limit. */
final class Body {
  private static final int MAX_BYTES = 64 * 1024;

  /**
   * How much is read on and thrown away after a 413, so that a caller who is still sending gets to
   * read it; whoever sends more is cut off.
   */
  private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

  private final HttpServerRequest request;
  private final Consumer<Refusal> tooLarge;
  private Buffer bytes;
  private long received;

  private Body(HttpServerRequest request, Consumer<Refusal> tooLarge) {
    this.request = request;
    this.tooLarge = tooLarge;
  }

  /** Calls one of the two: the first once all is read, the second as soon as it is too much. */
  static void read(HttpServerRequest request, Consumer<byte[]> whole, Consumer<Refusal> tooLarge) {
    Body body = new Body(request, tooLarge);
    request.handler(body::add);
    request.endHandler(end -> body.finish(whole));
  }

  private void add(Buffer piece) {
    boolean fitted = received <= MAX_BYTES;
    received += piece.length();
    if (received <= MAX_BYTES) {
      bytes = bytes == null ? piece : bytes.copy().appendBuffer(piece);
    } else if (fitted) {
      bytes = null;
      tooLarge.accept(
          new Refusal(413, "payload_too_large", "a body may have " + MAX_BYTES + " bytes"));
    } else if (received > MAX_DISCARDED_BYTES) {
      request.connection().close();
    }
  }

  private void finish(Consumer<byte[]> whole) {
    if (received <= MAX_BYTES) {
      whole.accept(bytes == null ? new byte[0] : bytes.getBytes());
    }
  }
}
