package io.onceledger.core.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands on the wire between an application and PostgreSQL, and cuts it where it hurts most: when a
 * COMMIT is on its way. Understands of the protocol (PostgreSQL manual, chapter 55) only where
 * messages begin and which of them carry a commit.
 */
public final class CuttingProxy implements AutoCloseable {

  /** Where the wire is cut. */
  public enum Cut {
    NOWHERE,
    /** The next commit never reaches the server: it did not happen. */
    BEFORE_COMMIT,
    /** The server's answer to the next commit is never heard: it did happen. */
    AFTER_COMMIT,
    /** Nobody can connect, and whoever was connected is not any more. */
    EVERYWHERE
  }

  /** Ends a group of messages: the server acts on it. */
  private static final char SYNC = 'S';

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final ServerSocket door;
  private final String host;
  private final int port;
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NOWHERE);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Begins to pass connections on to {@code host:port}. */
  CuttingProxy(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept, "cutting-proxy");
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Cuts there: once for commits, until told otherwise everywhere. */
  public void cut(Cut where) {
    cut.set(where);
    if (where == Cut.EVERYWHERE) {
      sockets.forEach(CuttingProxy::close);
    }
  }

  /** Whether the cut that was asked for has happened, or none was. */
  public boolean isDone() {
    return cut.get() == Cut.NOWHERE;
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut(Cut.EVERYWHERE);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (cut.get() == Cut.EVERYWHERE) {
          close(client);
          continue;
        }
        Socket server = new Socket(host, port);
        sockets.add(client);
        sockets.add(server);
        start(() -> passOn(client, server), "to-server");
        start(() -> passBack(server, client), "to-client");
      } catch (IOException e) {
        // The door was closed, or the server is away: the client finds out.
      }
    }
  }

  private void passOn(Socket client, Socket server) {
    try {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(server.getOutputStream());
      startUp(in, out);
      Set<String> commits = new HashSet<>();
      boolean deaf = false;
      while (true) {
        char type = (char) in.readByte();
        byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
        boolean commit = isCommit(type, body, commits);
        if (commit && cut.compareAndSet(Cut.BEFORE_COMMIT, Cut.NOWHERE)) {
          close(client);
          close(server);
          return;
        }
        deaf |= commit && cut.compareAndSet(Cut.AFTER_COMMIT, Cut.NOWHERE);
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
        if (deaf && type == SYNC) {
          // The server acts on what it has; its answer meets a closed socket (passBack).
          close(client);
          return;
        }
      }
    } catch (IOException e) {
      shutDown(server);
    }
  }

  /** Until the one that starts the session, messages have no type: they ask for encryption. */
  private static void startUp(DataInputStream in, DataOutputStream out) throws IOException {
    int code;
    do {
      int length = in.readInt();
      code = in.readInt();
      out.writeInt(length);
      out.writeInt(code);
      out.write(in.readNBytes(length - 2 * Integer.BYTES));
      out.flush();
    } while (code == SSL_REQUEST || code == GSS_REQUEST);
  }

  /** A Parse that names a commit, or a Bind of what was named so before. */
  private static boolean isCommit(char type, byte[] body, Set<String> commits) {
    if (type == 'P' && text(body, 1).equals("COMMIT")) {
      commits.add(text(body, 0));
      return false;
    }
    return type == 'B' && commits.contains(text(body, 1));
  }

  /** The n-th of the texts that the body begins with. */
  private static String text(byte[] body, int n) {
    return new String(body, StandardCharsets.UTF_8).split("\0", n + 2)[n];
  }

  private static void passBack(Socket server, Socket client) {
    try (server;
        client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // One end has gone; the other one goes with it.
    }
  }

  /** The client is gone: the server hears of it, and ends its side. */
  private static void shutDown(Socket server) {
    try {
      server.shutdownOutput();
    } catch (IOException e) {
      // It has gone before.
    }
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }
}
