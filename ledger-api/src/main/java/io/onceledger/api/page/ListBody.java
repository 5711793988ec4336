package io.onceledger.api.page;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of a list, newest first.
 *
 * @param nextCursor null on the last page
 */
public record ListBody<T>(
    List<T> data,
    @Schema(nullable = true, description = "Send it as cursor for the next page")
        String nextCursor) {}
