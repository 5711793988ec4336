/** What the worker's tests share: its configuration, and a processor that does as it is told. */
package io.onceledger.worker.testing;
