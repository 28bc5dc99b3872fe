package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.release.TrustedReleases.Answer;
import java.util.List;
import java.util.Optional;

/**
 * What a host keeps of a repository, so that it believes nothing older later. It proves nothing: it is verified from the root that came with
 * the program each time it is read.
 *
 * @param roots those after the one that the program came with, as it was then
 */
public record RememberedReleases(
        List<SignedMetadata> roots,
        Optional<SignedMetadata> timestamp,
        Optional<SignedMetadata> snapshot,
        Optional<SignedMetadata> targets) {
    public static final RememberedReleases NOTHING =
            new RememberedReleases(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public RememberedReleases {
        roots = List.copyOf(roots);
    }

    public static RememberedReleases of(TrustedReleases releases) {
        return releases.remembered();
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws JsonException if it is something else
     */
    public static RememberedReleases parse(Json.Obj json) {
        return new RememberedReleases(
                json.objects("roots").stream().map(RememberedReleases::signed).toList(),
                json.optionalObject("timestamp").map(RememberedReleases::signed),
                json.optionalObject("snapshot").map(RememberedReleases::signed),
                json.optionalObject("targets").map(RememberedReleases::signed));
    }

    private static SignedMetadata signed(Json.Obj json) {
        return SignedMetadata.read(json.canonicalBytes())
                .orElseThrow(() -> new JsonException("", "no metadata with signatures"));
    }

    public Json.Obj json() {
        return Json.object(
                "v",
                1,
                "roots",
                roots.stream().map(SignedMetadata::json).toList(),
                "timestamp",
                timestamp.map(SignedMetadata::json).orElse(null),
                "snapshot",
                snapshot.map(SignedMetadata::json).orElse(null),
                "targets",
                targets.map(SignedMetadata::json).orElse(null));
    }

    /**
     * What of it is to be believed by whoever has this root from a package. A package may bring a later root than the one before; where it brings
     * another line of roots, nothing of the former one counts.
     */
    public Answer under(byte[] shippedRoot) {
        return switch (TrustedReleases.shipped(shippedRoot)) {
            case Answer.Refused refused -> refused;
            case Answer.Trusted(TrustedReleases shipped) ->
                new Answer.Trusted(follow(shipped).recalling(this));
        };
    }

    private TrustedReleases follow(TrustedReleases shipped) {
        TrustedReleases newest = shipped;
        for (SignedMetadata root : roots) {
            int version = root.content(ReleaseRole.ROOT).map(Metadata::version).orElse(0);
            if (version == newest.root().version() + 1
                    && newest.followedBy(root) instanceof Answer.Trusted(TrustedReleases next)) {
                newest = next;
            }
        }
        return newest;
    }
}
