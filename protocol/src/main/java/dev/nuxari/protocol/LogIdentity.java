package dev.nuxari.protocol;

import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import dev.nuxari.transparency.VerifierKey;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose log a checkpoint is of, when all one has is the organization's keys. */
public final class LogIdentity {
    private LogIdentity() {}

    /**
     * The log keys of a manifest, the newest first, under the name that the checkpoint gives the log. A manifest does not know
     * the server's host.
     *
     * @throws IllegalArgumentException if the manifest does not hold, or the checkpoint is of another organization's log
     */
    public static List<LogKey> keys(KeyManifest manifest, SignedNote checkpoint) {
        if (manifest.verify() instanceof Refuted(String reason)) {
            throw new IllegalArgumentException(reason);
        }
        String origin = Checkpoint.parse(checkpoint.text()).origin();
        if (!isLogOf(manifest.organization().toString(), origin)) {
            throw new IllegalArgumentException(
                    "the keys are of organization %s, the log is %s".formatted(manifest.organization(), origin));
        }
        return keys(manifest, origin);
    }

    static List<LogKey> keys(KeyManifest manifest, String origin) {
        Stream<LogKey> retired = manifest.retired().reversed().stream()
                .map(key -> new LogKey(verifier(key.key(), origin), key.treeSize()));
        LogKey current = LogKey.current(verifier(manifest.key(KeyName.LOG), origin));
        return Stream.concat(Stream.of(current), retired).toList();
    }

    /** Whether a log key of the manifest has signed the checkpoint, and might: a retired one signs no larger tree. */
    static Verification verify(KeyManifest manifest, SignedNote checkpoint) {
        String origin = Checkpoint.parse(checkpoint.text()).origin();
        List<Verification> answers = keys(manifest, origin).stream()
                .map(key -> key.verify(checkpoint))
                .toList();
        if (answers.stream().anyMatch(Verified.class::isInstance)) {
            return new Verified();
        }
        return new Refuted(
                answers.stream().map(answer -> ((Refuted) answer).reason()).collect(Collectors.joining("; ")));
    }

    static VerifierKey verifier(PublishedKey log, String origin) {
        if (log.key() instanceof VerificationKey.Ed25519(var key)) {
            return new VerifierKey(origin, key);
        }
        throw new IllegalArgumentException("a log key is an Ed25519 key");
    }

    /** Whether this is the name of the organization's log on some server: {@code <server host>/log/<organizationId>}. */
    static boolean isLogOf(String organization, String origin) {
        String path = "/log/" + organization;
        return origin.endsWith(path) && origin.length() > path.length();
    }
}
