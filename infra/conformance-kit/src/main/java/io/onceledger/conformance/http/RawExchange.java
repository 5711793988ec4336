package io.onceledger.conformance.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocketFactory;

/** One request over a connection of its own, for header values that no HTTP client sends. */
final class RawExchange {
  private static final int PATIENCE_MILLIS = 15_000;

  private RawExchange() {}

  static Answer post(URI base, String path, List<Header> headers, byte[] body, String description)
      throws IOException {
    try (Socket socket = connect(base)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request(base, path, headers, body));
      socket.getOutputStream().flush();
      return answer(socket.getInputStream(), description);
    }
  }

  /** Sends the request and is gone before it is answered. */
  static void postAndHangUp(URI base, String path, List<Header> headers, byte[] body)
      throws IOException {
    try (Socket socket = connect(base)) {
      socket.getOutputStream().write(request(base, path, headers, body));
    }
  }

  private static Socket connect(URI base) throws IOException {
    boolean encrypted = base.getScheme().equals("https");
    int usual = encrypted ? 443 : 80;
    int port = base.getPort() < 0 ? usual : base.getPort();
    return encrypted
        ? SSLSocketFactory.getDefault().createSocket(base.getHost(), port)
        : new Socket(base.getHost(), port);
  }

  private static byte[] request(URI base, String path, List<Header> headers, byte[] body) {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(base.getRawPath()).append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(base.getRawAuthority()).append("\r\n");
    headers.forEach(
        header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static Answer answer(InputStream in, String description) throws IOException {
    String statusLine = line(in);
    if (!statusLine.matches("HTTP/1\\.[01] [0-9]{3}.*")) {
      throw new IOException("the answer does not begin as HTTP does: " + statusLine);
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = Math.max(line.indexOf(':'), 0);
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new Answer(
        description,
        Integer.parseInt(statusLine.substring(9, 12)),
        headers,
        new String(body(in, headers), StandardCharsets.UTF_8));
  }

  /** As long as it says, else to the end of the connection. */
  private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("content-length")) {
      return in.readNBytes(Integer.parseInt(headers.get("content-length").get(0)));
    }
    if (!headers.containsKey("transfer-encoding")) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      whole.writeBytes(in.readNBytes(size));
      line(in);
    }
    return whole.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
