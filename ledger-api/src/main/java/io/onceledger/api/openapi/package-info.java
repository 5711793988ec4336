/**
 * What the OpenAPI document says once for all routes: see {@link
 * io.onceledger.api.openapi.LedgerDocument}. The rest of it stands at the routes themselves.
 */
package io.onceledger.api.openapi;
