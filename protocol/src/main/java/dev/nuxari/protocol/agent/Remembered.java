package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.KeyManifest;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What an agent knows when a package comes, all of it from its own disk.
 *
 * @param keys the newest manifest that follows from the pinned one
 * @param sequence the highest that was taken
 * @param clockMark the latest {@code notBefore} that was taken: the clock is not behind it
 * @param planMark plans from then or earlier are not taken: what was done of them may have been forgotten
 * @param seen package ids and nonces
 * @param stepsDone steps of plans that were carried out, as {@link ActionPackage#stepRef} writes them
 */
public record Remembered(
        OrganizationId organization,
        UUID agent,
        KeyManifest keys,
        long sequence,
        Instant clockMark,
        Instant planMark,
        Set<String> seen,
        Set<String> stepsDone) {
    public Remembered {
        seen = Set.copyOf(seen);
        stepsDone = Set.copyOf(stepsDone);
    }
}
