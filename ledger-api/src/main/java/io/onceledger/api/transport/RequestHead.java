package io.onceledger.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says whether the head of a request can be trusted (RFC 9112): whoever stands in front of us must
 * have read it as we do. The codec refuses what is not syntax, and a length that is given twice or
 * beside chunks; this refuses what it lets pass.
 */
final class RequestHead {

  /** Printable ASCII, each percent sign followed by two digits; no fragment, no backslash. */
  private static final Pattern TARGET =
      Pattern.compile("(?i)(?:https?://[^/?]+)?(?:/(?:[!-~&&[^%#\\\\]]|%[0-9a-f]{2})*+)?");

  /** A name or an address, and a port; empty is allowed (RFC 9110, section 7.2). */
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::[0-9]{0,5})?");

  private static final Pattern BROKEN_KEY =
      Pattern.compile("(?im)^idempotency-key:[^\\r\\n]*[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]");

  private RequestHead() {}

  /**
   * Why {@code head} is refused; empty when it is not.
   *
   * @param bytes that it ended in, or failed in
   */
  static Optional<Refusal> fault(HttpRequest head, ByteBuf bytes, int mostHeaders) {
    if (head.decoderResult().isFailure()) {
      return Optional.of(undecodable(head.decoderResult().cause(), bytes));
    }
    if (!isVersionOne(head.protocolVersion())) {
      return malformed("Use HTTP/1.1.");
    }
    if (head.headers().size() > mostHeaders) {
      return malformed("Send fewer headers.");
    }
    if (!isHostNamed(head)) {
      return malformed("Send one Host header.");
    }
    if (!isFramed(head.headers())) {
      return malformed("Send Content-Length, or Transfer-Encoding: chunked and nothing else.");
    }
    if (head.method().equals(HttpMethod.CONNECT)) {
      return Optional.of(Refusal.of(ProblemCode.NOT_IMPLEMENTED, "This is no proxy."));
    }
    if (head.uri().isEmpty() || !TARGET.matcher(head.uri()).matches()) {
      return malformed("Send a path that begins with a slash, percent-encoded.");
    }
    return Optional.empty();
  }

  /** What the codec could not read; its own words would quote the input. */
  private static Refusal undecodable(Throwable cause, ByteBuf bytes) {
    if (cause instanceof TooLongHttpLineException) {
      return Refusal.of(ProblemCode.URI_TOO_LONG, "Send a shorter request line.");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Refusal.of(ProblemCode.HEADERS_TOO_LARGE, "Send at most 16 KiB of headers.");
    }
    // The codec does not tell which header it could not read.
    if (BROKEN_KEY.matcher(bytes.toString(StandardCharsets.ISO_8859_1)).find()) {
      return Refusal.of(ProblemCode.IDEMPOTENCY_KEY_INVALID, "A key is printable ASCII.");
    }
    return Refusal.of(ProblemCode.MALFORMED_REQUEST, "It cannot be read as HTTP/1.1.");
  }

  private static boolean isVersionOne(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  private static boolean isHostNamed(HttpRequest head) {
    List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
    return hosts.isEmpty()
        ? head.protocolVersion().equals(HttpVersion.HTTP_1_0)
        : hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches();
  }

  /** A coding that we do not know leaves the length of the body unknown. */
  private static boolean isFramed(HttpHeaders headers) {
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1
            && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
  }

  private static Optional<Refusal> malformed(String detail) {
    return Optional.of(Refusal.of(ProblemCode.MALFORMED_REQUEST, detail));
  }
}
