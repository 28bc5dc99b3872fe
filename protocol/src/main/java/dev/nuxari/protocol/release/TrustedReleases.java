package dev.nuxari.protocol.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of a repository of releases: the client's workflow of TUF (sections 5.2 to 5.6), as values. Metadata come in the order root,
 * timestamp, snapshot, targets; each step is another value, or a refusal, and then this one stands as it was.
 *
 * <p>The first root is the one that came with the program. Whatever else is here has been verified from it.
 */
public final class TrustedReleases {
    private final List<SignedMetadata> roots;
    private final Root root;
    private final @Nullable SignedMetadata timestamp;
    private final @Nullable SignedMetadata snapshot;
    private final @Nullable SignedMetadata targets;

    /** What became of metadata that came. */
    public sealed interface Answer {
        /** They are believed from now on. */
        record Trusted(TrustedReleases releases) implements Answer {}

        /** They are not. */
        record Refused(ReleaseRefusal why) implements Answer {}
    }

    private TrustedReleases(
            List<SignedMetadata> roots,
            Root root,
            @Nullable SignedMetadata timestamp,
            @Nullable SignedMetadata snapshot,
            @Nullable SignedMetadata targets) {
        this.roots = List.copyOf(roots);
        this.root = root;
        this.timestamp = timestamp;
        this.snapshot = snapshot;
        this.targets = targets;
    }

    /** Begins with the root that came with the program (TUF 5.2). It is believed as it stands, and has to be signed by its own keys. */
    public static Answer shipped(byte[] bytes) {
        Optional<SignedMetadata> signed = SignedMetadata.read(bytes);
        Optional<Root> root = signed.flatMap(TrustedReleases::root);
        if (root.isEmpty()) {
            return new Answer.Refused(ReleaseRefusal.MALFORMED);
        }
        return signed.get().isSignedFor(ReleaseRole.ROOT, root.get())
                ? new Answer.Trusted(new TrustedReleases(List.of(signed.get()), root.get(), null, null, null))
                : new Answer.Refused(ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    private static Optional<Root> root(SignedMetadata signed) {
        return signed.content(ReleaseRole.ROOT).map(Root.class::cast);
    }

    /** The next root: signed by the keys of the one before and by its own, and the very next version (TUF 5.3.4, 5.3.5). */
    public Answer followedBy(byte[] bytes) {
        return SignedMetadata.read(bytes)
                .map(this::followedBy)
                .orElseGet(() -> new Answer.Refused(ReleaseRefusal.MALFORMED));
    }

    Answer followedBy(SignedMetadata signed) {
        Optional<Root> next = root(signed);
        if (next.isEmpty()) {
            return new Answer.Refused(ReleaseRefusal.MALFORMED);
        }
        if (!signed.isSignedFor(ReleaseRole.ROOT, root) || !signed.isSignedFor(ReleaseRole.ROOT, next.get())) {
            return new Answer.Refused(ReleaseRefusal.THRESHOLD_NOT_MET);
        }
        if (next.get().version() != root.version() + 1) {
            return new Answer.Refused(ReleaseRefusal.ROOT_OUT_OF_ORDER);
        }
        List<SignedMetadata> all = new ArrayList<>(roots);
        all.add(signed);
        return new Answer.Trusted(
                new TrustedReleases(all, next.get(), timestamp, snapshot, targets).afterRotation(root));
    }

    /**
     * With new keys for what says what is newest, its former words are forgotten (TUF 5.3.11): whoever had stolen the old ones may have
     * counted to the end.
     */
    private TrustedReleases afterRotation(Root former) {
        boolean fresh = !isSame(former, ReleaseRole.TIMESTAMP) || !isSame(former, ReleaseRole.SNAPSHOT);
        boolean other = !isSame(former, ReleaseRole.TARGETS);
        return new TrustedReleases(
                roots, root, fresh ? null : timestamp, fresh ? null : snapshot, other ? null : targets);
    }

    private boolean isSame(Root former, ReleaseRole role) {
        return former.keysOf(role).equals(root.keysOf(role));
    }

    /** Whether there is nothing to hold on to (TUF 5.3.10); asked when no further root has come. */
    public boolean isRootExpired(Instant now) {
        return !now.isBefore(root.expires());
    }

    /** What says which snapshot is the newest (TUF 5.4). */
    public Answer withTimestamp(byte[] bytes, Instant now) {
        return verified(bytes, ReleaseRole.TIMESTAMP, signed -> {
            Timestamp next = (Timestamp) signed.content(ReleaseRole.TIMESTAMP).orElseThrow();
            Optional<Timestamp> former = timestamp();
            boolean back = former.filter(known -> next.version() < known.version()
                            || next.snapshot().version() < known.snapshot().version())
                    .isPresent();
            if (back) {
                return new Answer.Refused(ReleaseRefusal.TIMESTAMP_ROLLED_BACK);
            }
            // The same version again is the same word again, whatever else stands in it (TUF 5.4.3.1).
            boolean same =
                    former.filter(known -> known.version() == next.version()).isPresent();
            Timestamp newest = same ? former.orElseThrow() : next;
            return now.isBefore(newest.expires())
                    ? new Answer.Trusted(same ? this : new TrustedReleases(roots, root, signed, snapshot, targets))
                    : new Answer.Refused(ReleaseRefusal.TIMESTAMP_EXPIRED);
        });
    }

    /** The snapshot that the timestamp speaks of (TUF 5.5). */
    public Answer withSnapshot(byte[] bytes, Instant now) {
        FileMeta announced = timestamp().orElseThrow().snapshot();
        Optional<ReleaseRefusal> objection = announced.objection(bytes);
        if (objection.isPresent()) {
            return new Answer.Refused(objection.get());
        }
        return verified(bytes, ReleaseRole.SNAPSHOT, signed -> {
            Snapshot next = (Snapshot) signed.content(ReleaseRole.SNAPSHOT).orElseThrow();
            if (next.version() != announced.version()) {
                return new Answer.Refused(ReleaseRefusal.MIXED);
            }
            boolean back = snapshot()
                    .filter(known -> next.version() < known.version()
                            || next.targets().version() < known.targets().version())
                    .isPresent();
            if (back) {
                return new Answer.Refused(ReleaseRefusal.SNAPSHOT_ROLLED_BACK);
            }
            return now.isBefore(next.expires())
                    ? new Answer.Trusted(new TrustedReleases(roots, root, timestamp, signed, targets))
                    : new Answer.Refused(ReleaseRefusal.SNAPSHOT_EXPIRED);
        });
    }

    /** The targets that the snapshot speaks of (TUF 5.6). */
    public Answer withTargets(byte[] bytes, Instant now) {
        FileMeta announced = snapshot().orElseThrow().targets();
        Optional<ReleaseRefusal> objection = announced.objection(bytes);
        if (objection.isPresent()) {
            return new Answer.Refused(objection.get());
        }
        return verified(bytes, ReleaseRole.TARGETS, signed -> {
            Targets next = (Targets) signed.content(ReleaseRole.TARGETS).orElseThrow();
            if (next.version() != announced.version()) {
                return new Answer.Refused(ReleaseRefusal.MIXED);
            }
            if (targets().filter(known -> next.version() < known.version()).isPresent()) {
                return new Answer.Refused(ReleaseRefusal.TARGETS_ROLLED_BACK);
            }
            return now.isBefore(next.expires())
                    ? new Answer.Trusted(new TrustedReleases(roots, root, timestamp, snapshot, signed))
                    : new Answer.Refused(ReleaseRefusal.TARGETS_EXPIRED);
        });
    }

    private interface Step {
        Answer take(SignedMetadata signed);
    }

    private Answer verified(byte[] bytes, ReleaseRole role, Step step) {
        Optional<SignedMetadata> signed =
                SignedMetadata.read(bytes).filter(read -> read.content(role).isPresent());
        if (signed.isEmpty()) {
            return new Answer.Refused(ReleaseRefusal.MALFORMED);
        }
        return signed.get().isSignedFor(role, root)
                ? step.take(signed.get())
                : new Answer.Refused(ReleaseRefusal.THRESHOLD_NOT_MET);
    }

    public Root root() {
        return root;
    }

    public Optional<Timestamp> timestamp() {
        return content(timestamp, ReleaseRole.TIMESTAMP).map(Timestamp.class::cast);
    }

    public Optional<Snapshot> snapshot() {
        return content(snapshot, ReleaseRole.SNAPSHOT).map(Snapshot.class::cast);
    }

    public Optional<Targets> targets() {
        return content(targets, ReleaseRole.TARGETS).map(Targets.class::cast);
    }

    private static Optional<Metadata> content(@Nullable SignedMetadata signed, ReleaseRole role) {
        return Optional.ofNullable(signed).flatMap(known -> known.content(role));
    }

    /** What has to be remembered, so that nothing older is believed later: see {@link RememberedReleases}. */
    RememberedReleases remembered() {
        return new RememberedReleases(
                roots.subList(1, roots.size()),
                Optional.ofNullable(timestamp),
                Optional.ofNullable(snapshot),
                Optional.ofNullable(targets));
    }

    /** With what was remembered of the same repository, as far as it is signed for this root. */
    TrustedReleases recalling(RememberedReleases remembered) {
        return new TrustedReleases(
                roots,
                root,
                signedFor(remembered.timestamp(), ReleaseRole.TIMESTAMP),
                signedFor(remembered.snapshot(), ReleaseRole.SNAPSHOT),
                signedFor(remembered.targets(), ReleaseRole.TARGETS));
    }

    private @Nullable SignedMetadata signedFor(Optional<SignedMetadata> metadata, ReleaseRole role) {
        return metadata.filter(known -> known.content(role).isPresent() && known.isSignedFor(role, root))
                .orElse(null);
    }

    @Override
    public String toString() {
        return "releases under root %d, %s"
                .formatted(root.version(), Objects.requireNonNullElse(timestamp, "without a timestamp"));
    }
}
