package dev.nuxari.server.federation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it went when a provider's metadata was read last.
 *
 * @param failingSince since when it cannot be used; null if it can
 * @param failure why
 */
record MetadataReading(
        Instant at,
        @Nullable Instant failingSince,
        @Nullable Finding failure) {
    static MetadataReading good(Instant at) {
        return new MetadataReading(at, null, null);
    }

    /** The first failure of several in a row is the one that is remembered by its time. */
    static MetadataReading failed(Instant at, @Nullable MetadataReading before, Finding why) {
        Instant since = before == null || before.failingSince() == null ? at : before.failingSince();
        return new MetadataReading(at, since, why);
    }

    boolean isFailing() {
        return failure != null;
    }
}
