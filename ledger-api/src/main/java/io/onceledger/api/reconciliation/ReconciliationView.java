package io.onceledger.api.reconciliation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.reconciliation.DifferenceKind;
import io.onceledger.core.reconciliation.Reconciliations.Rejection;
import io.onceledger.core.reconciliation.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A run as it is answered. */
@Schema(name = "Reconciliation")
@JsonPropertyOrder({
  "id",
  "object",
  "date",
  "state",
  "lines",
  "imported",
  "duplicates",
  "rejected",
  "matched",
  "healed",
  "waiting",
  "differences",
  "open_differences",
  "rejections",
  "sha256",
  "attempts",
  "failure",
  "next_attempt_at",
  "created_at",
  "started_at",
  "finished_at",
  "requested_by"
})
record ReconciliationView(
    @Schema(examples = "rec_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "reconciliation") String object,
    @Schema(description = "The UTC day of the report", examples = "2025-11-20") String date,
    @Schema(
            enumeration = {"queued", "running", "completed", "failed"},
            description = "A failed one is tried again at next_attempt_at")
        String state,
    @Schema(description = "Of the report, as far as it was read") long lines,
    @Schema(description = "Lines that were new, and are booked") long imported,
    @Schema(description = "Lines that were imported before") long duplicates,
    @Schema(description = "Lines that could not be read; the first hundred are in rejections")
        long rejected,
    @Schema(description = "Lines of the day that agree with what is booked") long matched,
    @Schema(description = "Open charges whose success the report has proved") long healed,
    @Schema(description = "Lines of charges that a worker is sending just now") long waiting,
    Found differences,
    @Schema(description = "Differences of this date that are neither gone nor explained, now")
        long openDifferences,
    List<RejectionView> rejections,
    @Schema(nullable = true, description = "Of the report, once it was read to its end")
        String sha256,
    @Schema(description = "How often a worker has begun it") int attempts,
    @Schema(nullable = true, description = "Why the last attempt failed") String failure,
    @Schema(nullable = true) Instant nextAttemptAt,
    Instant createdAt,
    @Schema(nullable = true) Instant startedAt,
    @Schema(nullable = true) Instant finishedAt,
    @Schema(
            nullable = true,
            description = "The operator's key; null for the daily run",
            examples = "key_01kagjq1p3e9gsxy3q6rr4c1ew")
        String requestedBy) {

  private static final String OBJECT = "reconciliation";

  /** What a run has found, by kind. */
  @Schema(name = "ReconciliationFindings")
  record Found(
      @Schema(description = "The report names a payment that is not here") long missingHere,
      @Schema(description = "No report names a success that is here") long missingThere,
      long amount,
      long currency,
      @Schema(description = "The report has a payment for what is declined or canceled here")
          long status) {}

  /** A line that was not imported. */
  @Schema(name = "SettlementRejection")
  record RejectionView(
      @Schema(description = "Of the file, its header being line 1") long line, String reason) {

    static RejectionView of(Rejection rejection) {
      return new RejectionView(rejection.line(), rejection.reason());
    }
  }

  static ReconciliationView of(Run run, List<Rejection> rejections) {
    Optional<Run.Report> report = Optional.ofNullable(run.report());
    return new ReconciliationView(
        PublicId.RECONCILIATION.text(run.id()),
        OBJECT,
        run.date().toString(),
        run.state(),
        report.map(Run.Report::lines).orElse(0L),
        report.map(Run.Report::imported).orElse(0L),
        report.map(Run.Report::duplicates).orElse(0L),
        report.map(Run.Report::rejected).orElse(0L),
        run.matched(),
        run.healed(),
        run.waiting(),
        new Found(
            run.differences().get(DifferenceKind.MISSING_HERE),
            run.differences().get(DifferenceKind.MISSING_THERE),
            run.differences().get(DifferenceKind.AMOUNT),
            run.differences().get(DifferenceKind.CURRENCY),
            run.differences().get(DifferenceKind.STATUS)),
        run.open(),
        rejections.stream().map(RejectionView::of).toList(),
        report.map(Run.Report::sha256).orElse(null),
        run.attempts(),
        run.failure(),
        run.nextAttemptAt(),
        run.createdAt(),
        run.startedAt(),
        run.finishedAt(),
        Optional.ofNullable(run.requestedBy()).map(PublicId.API_KEY::text).orElse(null));
  }
}
