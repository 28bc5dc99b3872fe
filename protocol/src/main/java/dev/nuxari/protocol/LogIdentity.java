package dev.nuxari.protocol;

import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.VerifierKey;
import java.util.List;

/** Whose log a checkpoint is of, when all one has is the organization's keys. */
public final class LogIdentity {
    private LogIdentity() {}

    /**
     * The log key of a manifest, under the name that the checkpoint gives the log. A manifest does not know the server's host.
     *
     * @throws IllegalArgumentException if the manifest does not hold, or the checkpoint is of another organization's log
     */
    public static List<VerifierKey> keys(KeyManifest manifest, SignedNote checkpoint) {
        if (manifest.verify() instanceof Refuted(String reason)) {
            throw new IllegalArgumentException(reason);
        }
        String origin = Checkpoint.parse(checkpoint.text()).origin();
        if (!isLogOf(manifest.organization().toString(), origin)) {
            throw new IllegalArgumentException(
                    "the keys are of organization %s, the log is %s".formatted(manifest.organization(), origin));
        }
        if (manifest.key(KeyName.LOG).key() instanceof VerificationKey.Ed25519(var key)) {
            return List.of(new VerifierKey(origin, key));
        }
        throw new IllegalArgumentException("a log key is an Ed25519 key");
    }

    /** Whether this is the name of the organization's log on some server: {@code <server host>/log/<organizationId>}. */
    static boolean isLogOf(String organization, String origin) {
        String path = "/log/" + organization;
        return origin.endsWith(path) && origin.length() > path.length();
    }
}
