/**
 * One commit for many: what arrives while a commit is under way is written together by the next
 * one. Where items come in company the first waits some milliseconds for others; one that comes
 * alone never waits. Used to accept charges and to record outcomes; start at {@link
 * io.onceledger.core.groupcommit.GroupCommit}.
 */
package io.onceledger.core.groupcommit;
