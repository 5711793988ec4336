package io.onceledger.api.acceptance;

import io.onceledger.api.problem.FieldError;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.database.SqlFailure;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Receipt;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers a POST under an idempotency key, whatever it makes: with the receipt, with the resource
 * as it is when the client waits for that, or with the reason why not.
 */
@Singleton
public class Answers {

  /** A client that is told nothing gives up; this is sooner, and tells it what to do. */
  private static final Duration LONGEST_SILENCE = Duration.ofMillis(1_800);

  /**
   * How one kind of resource is written.
   *
   * @param <R> its receipt
   */
  public interface Form<R> {

    /** The receipt: the same bytes for ever. */
    byte[] receipt(R receipt);

    /** The resource as it is now. */
    Object current(Resource resource);

    /** Why a first delivery was not executed. */
    Refusal refusal(Acceptance.Reason reason);
  }

  private final SettlementWatch watch;

  Answers(SettlementWatch watch) {
    this.watch = watch;
  }

  /** The path of a resource. Not an address: which host the client used is the proxy's business. */
  public static String path(PublicId kind, String id) {
    return (kind == PublicId.REFUND ? "/v1/refunds/" : "/v1/charges/") + id;
  }

  /**
   * Answers when it is decided, or after {@link #LONGEST_SILENCE} that it is not known.
   *
   * @param prefer the client's {@code Prefer} headers; null for none
   */
  public <R extends Receipt<?>> CompletionStage<Response> answer(
      CompletionStage<Acceptance<R>> decided, Form<R> form, List<String> prefer) {
    OptionalInt wait = PreferredWait.seconds(prefer);
    return EventLoop.within(LONGEST_SILENCE, decided, Answers::notYet)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedStage(Answers.isLocked(failure) ? inUse() : failure))
        .thenCompose(acceptance -> answer(acceptance, form, wait));
  }

  private <R extends Receipt<?>> CompletionStage<Response> answer(
      Acceptance<R> acceptance, Form<R> form, OptionalInt wait) {
    if (acceptance instanceof Acceptance.Executed<R> executed) {
      return answer(executed.receipt(), false, form, wait);
    }
    if (acceptance instanceof Acceptance.Replayed<R> replayed) {
      return answer(replayed.receipt(), true, form, wait);
    }
    if (acceptance instanceof Acceptance.Mismatched<R> mismatched) {
      throw Refusal.reused(
          mismatched.pointers().stream()
              .map(pointer -> new FieldError(pointer, "differs from the first request"))
              .toList(),
          path(mismatched.kind(), mismatched.kind().text(mismatched.first())));
    }
    throw form.refusal(((Acceptance.Refused<R>) acceptance).reason());
  }

  private <R extends Receipt<?>> CompletionStage<Response> answer(
      R receipt, boolean replayed, Form<R> form, OptionalInt wait) {
    if (wait.isEmpty()) {
      return CompletableFuture.completedStage(accepted(receipt, replayed, form));
    }
    int seconds = wait.getAsInt();
    return watch
        .settles(receipt.resource(), Duration.ofSeconds(seconds))
        .map(
            settled ->
                settled
                    ? settled(receipt, replayed, form, seconds)
                    : accepted(receipt, replayed, form))
        // It is committed: whoever cannot see what became of it still has its receipt.
        .onFailure()
        .recoverWithItem(() -> accepted(receipt, replayed, form))
        .subscribeAsCompletionStage();
  }

  private static <R extends Receipt<?>> Response accepted(
      R receipt, boolean replayed, Form<R> form) {
    return located(Response.accepted(form.receipt(receipt)), receipt.resource(), replayed);
  }

  private static <R extends Receipt<?>> Response settled(
      R receipt, boolean replayed, Form<R> form, int seconds) {
    return located(
        Response.ok(form.current(receipt.resource()))
            .header("Preference-Applied", "wait=" + seconds),
        receipt.resource(),
        replayed);
  }

  private static Response located(
      Response.ResponseBuilder response, Resource resource, boolean replayed) {
    if (replayed) {
      response.header("Idempotent-Replayed", "true");
    }
    return response
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.LOCATION, URI.create(path(resource.kind(), resource.text())))
        .build();
  }

  /** The write goes on; who repeats the key hears what became of it. */
  private static Refusal notYet() {
    return Refusal.of(
        ProblemCode.SERVICE_UNAVAILABLE,
        "It is not known yet whether anything was done. Send the same request with the same key"
            + " again: it tells the truth.");
  }

  private static boolean isLocked(Throwable failure) {
    return failure instanceof SQLException sql && SqlFailure.of(sql) == SqlFailure.LOCKED;
  }

  private static Refusal inUse() {
    return Refusal.of(
        ProblemCode.IDEMPOTENCY_KEY_IN_USE, "Send the same request again in a moment.");
  }
}
