package dev.nuxari.server.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param ip the address of the peer, absent for work the server does by itself
 * @param acr how the person signed in, as the broker signed it (OpenID Connect Core, section 2)
 */
public record Origin(@Nullable String ip, @Nullable String acr) {
    /** The server itself, on a timer. */
    public static final Origin SERVER = new Origin(null, null);
}
