package io.onceledger.api.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.onceledger.api.problem.Problem;
import io.onceledger.api.problem.Refusal;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Puts a {@link RequestGuard} on every connection of the public port. Neither Quarkus nor Vert.x
 * tells of a connection before it has sent a whole head, so this goes to the channel that listens,
 * which hands each new connection through its pipeline. TLS ends at a proxy in front.
 */
@ApplicationScoped
class GuardedPort {

  /** Vert.x's name for its own handler, behind the codec. */
  private static final String CONNECTION = "handler";

  private final VertxInternal vertx;
  private final HttpServer server;
  private final TransportConfig config;
  private final ObjectMapper json;

  GuardedPort(Vertx vertx, HttpServer server, TransportConfig config, ObjectMapper json) {
    this.vertx = (VertxInternal) vertx;
    this.server = server;
    this.config = config;
    this.json = json;
  }

  void guard(@ObservesAsync HttpServerStart started) {
    int port = server.getPort();
    eachChannel(
        vertx.getAcceptorEventLoopGroup(),
        channel -> {
          if (isAt(channel, port)) {
            channel.pipeline().addFirst(new NewConnections());
          }
        });
    // Who was quicker than this event.
    eachChannel(
        vertx.getEventLoopGroup(),
        channel -> {
          if (channel.parent() != null && isAt(channel.parent(), port)) {
            guard(channel);
          }
        });
  }

  private void guard(Channel connection) {
    if (connection.pipeline().get(FirstByte.class) == null) {
      connection.pipeline().addFirst(new FirstByte());
    }
  }

  private byte[] problem(Refusal refusal) {
    try {
      return json.writeValueAsBytes(Problem.of(refusal));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem cannot be written", e);
    }
  }

  private static boolean isAt(Channel listener, int port) {
    return listener.localAddress() instanceof InetSocketAddress address
        && address.getPort() == port;
  }

  private static void eachChannel(EventLoopGroup group, Consumer<Channel> task) {
    for (EventExecutor executor : group) {
      SingleThreadEventLoop loop = (SingleThreadEventLoop) executor;
      loop.execute(() -> loop.registeredChannelsIterator().forEachRemaining(task));
    }
  }

  /** Sees each connection before it is given to its event loop. */
  private final class NewConnections extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object connection) {
      guard((Channel) connection);
      ctx.fireChannelRead(connection);
    }
  }

  /** Sees the bytes of a connection before they are decoded, and tells its guard. */
  private final class FirstByte extends ChannelInboundHandlerAdapter {

    private final RequestGuard guard =
        new RequestGuard(config.requestTimeout(), config.mostHeaders(), GuardedPort.this::problem);

    private boolean placed;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      ChannelPipeline pipeline = ctx.pipeline();
      if (!placed) {
        pipeline.addBefore(CONNECTION, null, guard);
        placed = true;
      }
      guard.beginRead((ByteBuf) bytes);
      ctx.fireChannelRead(bytes);
      guard.endRead(pipeline.context(guard));
    }
  }
}
