package io.onceledger.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets a connection through request by request, and ends it when one cannot be trusted: refused
 * with a problem, in its turn, then closed. Three rules: a head is as {@link RequestHead} says, a
 * request is read within its time, and of a body no more is passed on than is needed to refuse it.
 *
 * <p>One per connection, used by its event loop only. It costs an ordinary request, which comes in
 * one piece, a few comparisons and nothing else.
 */
final class RequestGuard extends ChannelDuplexHandler {

  /** What is being read. */
  private enum Reading {
    HEAD,
    BODY,
    /** The rest of a body whose request has been passed on, cut off, to be refused by size. */
    REST,
    /** The rest of a body whose request has its answer already: most often 401. */
    ANSWERED
  }

  /** Pipelined requests: nothing else bounds what one connection may have waiting. */
  private static final int MOST_UNANSWERED = 100;

  private final Duration patience;
  private final int mostHeaders;
  private final Function<Refusal, byte[]> problems;

  private Reading reading = Reading.HEAD;
  private ByteBuf bytes;
  private boolean ended;
  private long bodySize;
  private Future<?> deadline;

  /** Requests that have been passed on and have no answer yet. */
  private int unanswered;

  private boolean answering;
  private Refusal refusal;

  RequestGuard(Duration patience, int mostHeaders, Function<Refusal, byte[]> problems) {
    this.patience = patience;
    this.mostHeaders = mostHeaders;
    this.problems = problems;
  }

  /** Bytes have come, and are about to be decoded. */
  void beginRead(ByteBuf read) {
    ended = false;
    // The codec lets go of them as it reads.
    bytes = read.retainedDuplicate();
  }

  /** They have been decoded: unless they ended a request, its time runs. */
  void endRead(ChannelHandlerContext ctx) {
    bytes.release();
    if (!ended && deadline == null && refusal == null) {
      deadline =
          ctx.executor().schedule(() -> giveUp(ctx), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (refusal != null) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest head) {
      readHead(ctx, head);
    } else if (message instanceof HttpContent content) {
      readContent(ctx, content);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse head
        && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      answering = true;
    }
    super.write(ctx, message, promise);
    // 100 Continue, which is such a message too, answers nothing.
    if (message instanceof LastHttpContent && answering) {
      answering = false;
      unanswered--;
      if (unanswered == 0) {
        if (reading == Reading.BODY) {
          reading = Reading.ANSWERED;
        }
        // Whoever did not read a body has stopped the connection, and nobody else starts it again.
        ctx.channel().config().setAutoRead(true);
      }
      endIfDue(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopClock();
    ctx.fireChannelInactive();
  }

  private void readHead(ChannelHandlerContext ctx, HttpRequest head) throws Exception {
    Optional<Refusal> fault =
        unanswered < MOST_UNANSWERED
            ? RequestHead.fault(head, bytes, mostHeaders)
            : Optional.of(Refusal.of(ProblemCode.OVERLOADED, "Wait for answers, then send more."));
    if (fault.isPresent()) {
      ReferenceCountUtil.release(head);
      refuse(ctx, fault.get());
      return;
    }
    reading = Reading.BODY;
    bodySize = 0;
    unanswered++;
    ctx.fireChannelRead(head);
  }

  private void readContent(ChannelHandlerContext ctx, HttpContent content) throws Exception {
    if (content.decoderResult().isFailure()) {
      content.release();
      refuse(ctx, Refusal.of(ProblemCode.MALFORMED_REQUEST, "Its chunks cannot be read."));
      return;
    }
    boolean last = content instanceof LastHttpContent;
    boolean pass = reading == Reading.BODY || (reading == Reading.ANSWERED && last);
    bodySize += content.content().readableBytes();
    if (last) {
      reading = Reading.HEAD;
      ended = true;
      stopClock();
    } else if (pass && bodySize > JsonBody.LARGEST) {
      reading = Reading.REST;
    }
    if (!pass) {
      content.release();
      return;
    }
    ctx.fireChannelRead(content);
    if (reading == Reading.REST) {
      ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void refuse(ChannelHandlerContext ctx, Refusal reason) throws Exception {
    stopClock();
    refusal = reason;
    endIfDue(ctx);
  }

  /** Ends the connection as soon as no earlier request waits for its answer. */
  private void endIfDue(ChannelHandlerContext ctx) throws Exception {
    if (refusal == null || answering) {
      return;
    }
    // A request that is read in part is ours to answer, unless it has been cut off or answered.
    if (unanswered > (reading == Reading.BODY ? 1 : 0)) {
      return;
    }
    if (reading == Reading.REST || reading == Reading.ANSWERED) {
      super.close(ctx, ctx.newPromise());
      return;
    }
    super.write(ctx, answer(), ctx.newPromise().addListener(ChannelFutureListener.CLOSE));
    super.flush(ctx);
  }

  private DefaultFullHttpResponse answer() {
    byte[] body = problems.apply(refusal);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(refusal.code().status()),
            Unpooled.wrappedBuffer(body));
    SecurityHeaders.always((name, value) -> response.headers().set(name, value));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }

  private void stopClock() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private Void giveUp(ChannelHandlerContext ctx) throws Exception {
    refuse(
        ctx,
        Refusal.of(
            ProblemCode.REQUEST_TIMEOUT, "Send the whole request at once, on a new connection."));
    return null;
  }
}
