/**
 * The wire. {@link io.onceledger.mockprocessor.http.Api} is the table of routes; everything runs on
 * one event loop, so what lies behind it needs no lock. Only long reads of the journal ({@link
 * io.onceledger.mockprocessor.http.JournalStream}) leave that thread.
 */
package io.onceledger.mockprocessor.http;
