/**
 * How ids look outside: a prefix that names the kind and 26 characters, as in {@code ch_01j…}.
 * Inside, an id is a {@link java.util.UUID}. Start at {@link io.onceledger.core.id.PublicId}.
 */
package io.onceledger.core.id;
