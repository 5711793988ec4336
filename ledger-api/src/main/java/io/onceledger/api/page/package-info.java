/**
 * Lists over HTTP: {@link io.onceledger.api.page.ListParameters} reads a query string strictly
 * ({@link io.onceledger.api.page.QueryParameters}), {@link io.onceledger.api.page.Cursor} writes
 * and reads the place where a page ended, {@link io.onceledger.api.page.ListBody} is what is
 * answered, unless {@link io.onceledger.api.page.Csv} is preferred.
 */
package io.onceledger.api.page;
