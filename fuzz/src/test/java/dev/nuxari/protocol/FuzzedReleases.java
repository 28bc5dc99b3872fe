package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.protocol.release.Metadata;
import dev.nuxari.protocol.release.ReleaseRole;
import dev.nuxari.protocol.release.SignedMetadata;
import dev.nuxari.protocol.release.TrustedReleases;
import dev.nuxari.protocol.release.TrustedReleases.Answer;
import dev.nuxari.protocol.release.VendorInHand;
import java.time.Instant;
import java.util.Optional;

/** What a server shows to an agent that looks for releases of itself. */
public final class FuzzedReleases {
    private static final VendorInHand VENDOR = new VendorInHand();
    private static final Instant NOW = VendorInHand.FOUNDED.plusSeconds(60);
    private static final Obj STAMP = Json.parseObject(new String(VENDOR.file("timestamp.json"), UTF_8));
    private static final Obj ROOT = Json.parseObject(new String(VENDOR.shippedRoot(), UTF_8));
    private static final TrustedReleases KNOWN = known();

    private FuzzedReleases() {}

    private static TrustedReleases known() {
        if (TrustedReleases.shipped(VENDOR.shippedRoot()) instanceof Answer.Trusted(TrustedReleases known)) {
            return known;
        }
        throw new IllegalStateException("the vendor's own root");
    }

    static byte[] genuine() {
        return VENDOR.file("timestamp.json");
    }

    /** Called by the fuzzer. Whatever comes is an answer, and never an exception. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] rest = Demanded.rest(input);
        switch (Demanded.choice(input, 3)) {
            case 0 -> shown(rest);
            case 1 -> {
                Obj changed = new JsonEdits(rest).applied(STAMP);
                boolean trusted = KNOWN.withTimestamp(changed.canonicalBytes(), NOW) instanceof Answer.Trusted;
                Demanded.that(
                        !trusted || changed.object("signed").equals(STAMP.object("signed")), "trusted a changed word");
            }
            default -> {
                byte[] changed = new JsonEdits(rest).applied(ROOT).canonicalBytes();
                shown(changed);
                TrustedReleases.shipped(changed);
            }
        }
    }

    private static void shown(byte[] bytes) {
        Demanded.that(!(KNOWN.followedBy(bytes) instanceof Answer.Trusted), "followed a root that nobody has signed");
        KNOWN.withTimestamp(bytes, NOW);
        for (ReleaseRole role : ReleaseRole.values()) {
            Optional<Metadata> read = SignedMetadata.read(bytes).flatMap(signed -> signed.content(role));
            read.ifPresent(metadata -> Demanded.that(metadata.role() == role, "read as another role's"));
        }
    }
}
