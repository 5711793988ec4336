package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.journal.MerchantFilter;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.onceledger.mockprocessor.settlement.SettlementReport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** What the journal tells: all of it, a summary, or the settlement of a day. */
final class JournalRoutes {
  static final String SETTLEMENTS = "/settlements/";

  private final Vertx vertx;
  private final CardProcessor processor;

  JournalRoutes(Vertx vertx, CardProcessor processor) {
    this.vertx = vertx;
    this.processor = processor;
  }

  void summary(HttpServerRequest request) {
    Answers.json(request.response(), 200, Json.of(processor.summary()));
  }

  void journal(HttpServerRequest request) {
    String account = Callers.parameter(request, "merchant_account");
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
    send(request, "", account == null ? piece -> piece : new MerchantFilter(account)::lines);
  }

  void settlement(HttpServerRequest request) {
    SettlementReport report = new SettlementReport(day(request));
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8");
    send(request, SettlementReport.HEADER, report::rows);
  }

  private void send(HttpServerRequest request, String head, JournalStream.Extract extract) {
    try {
      JournalStream.send(vertx, processor.journal(), head, extract, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LocalDate day(HttpServerRequest request) {
    try {
      return LocalDate.parse(request.path().substring(SETTLEMENTS.length()));
    } catch (DateTimeParseException e) {
      throw Refusal.badRequest("invalid_date", "settlements are by day, as in 2026-01-31");
    }
  }
}
