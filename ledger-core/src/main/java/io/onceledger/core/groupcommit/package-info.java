/**
 * One commit for many: what arrives while a commit is under way is written together by the next
 * one. There is no timer, so an idle system adds no latency. Used to accept charges and to record
 * outcomes; start at {@link io.onceledger.core.groupcommit.GroupCommit}.
 */
package io.onceledger.core.groupcommit;
