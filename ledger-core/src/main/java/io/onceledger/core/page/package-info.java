/**
 * Lists in pages, newest first. A {@link io.onceledger.core.page.Position} names a place between
 * two rows that stays where it is while rows are added.
 */
package io.onceledger.core.page;
