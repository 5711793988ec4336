package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.journal.JournalReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends what a journal holds, piece by piece: each is read and looked through on a worker thread,
 * and none before the caller has taken most of those before. So a journal of any size costs a few
 * pieces of memory and none of the event loop's time.
 */
final class JournalStream {

  /** What to send of a piece of the journal; runs on a worker thread, one piece at a time. */
  interface Extract {
    byte[] from(byte[] piece) throws IOException;
  }

  private final Vertx vertx;
  private final JournalReader reader;
  private final Extract extract;
  private final HttpServerRequest request;
  private boolean waiting;

  private JournalStream(
      Vertx vertx, JournalReader reader, Extract extract, HttpServerRequest request) {
    this.vertx = vertx;
    this.reader = reader;
    this.extract = extract;
    this.request = request;
  }

  /**
   * Sends it all, then closes the reader.
   *
   * @param head what comes first, may be empty
   */
  static void send(
      Vertx vertx, JournalReader reader, String head, Extract extract, HttpServerRequest request) {
    HttpServerResponse response = request.response().setChunked(true);
    JournalStream stream = new JournalStream(vertx, reader, extract, request);
    response.endHandler(ended -> stream.close());
    response.drainHandler(drained -> stream.resume());
    stream.send(Optional.of(Buffer.buffer(head)));
  }

  private void step() {
    vertx
        .executeBlocking(this::read)
        .onSuccess(this::send)
        .onFailure(
            failure -> {
              // What was sent is not all: the caller sees it from the missing last chunk.
              close();
              request.connection().close();
            });
  }

  /** Empty at the end of the journal; there may be pieces of which nothing is to be sent. */
  private Optional<Buffer> read() throws IOException {
    byte[] piece = reader.next();
    return piece.length == 0 ? Optional.empty() : Optional.of(Buffer.buffer(extract.from(piece)));
  }

  private void send(Optional<Buffer> extracted) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    if (extracted.isEmpty()) {
      response.end();
      return;
    }
    if (extracted.get().length() > 0) {
      response.write(extracted.get());
    }
    if (response.writeQueueFull()) {
      waiting = true;
    } else {
      step();
    }
  }

  /** A queue can drain that nobody waits for: then a step is under way already. */
  private void resume() {
    if (waiting) {
      waiting = false;
      step();
    }
  }

  private void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // It was only read from.
    }
  }
}
