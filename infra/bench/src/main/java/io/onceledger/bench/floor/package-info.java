/**
 * What every figure stands beside: the same three rows of a charge, written by the database alone,
 * one statement and one commit each, on 32 connections.
 */
package io.onceledger.bench.floor;
