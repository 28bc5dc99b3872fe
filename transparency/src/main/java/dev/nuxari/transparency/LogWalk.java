package dev.nuxari.transparency;

import dev.nuxari.transparency.BundleReader.Bundle.Sound;
import dev.nuxari.transparency.BundleReader.Bundle.Unsound;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Puts the bundles of a log together, from the first to the last, and compares the roots on the way with those signed. */
final class LogWalk {
    private final Checkpoint head;
    private final Optional<Checkpoint> remembered;
    private final TileLevels levels;
    private CompactRange range = CompactRange.empty();

    LogWalk(Checkpoint head, Optional<Checkpoint> remembered, TileLevels levels) {
        this.head = head;
        this.remembered = remembered;
        this.levels = levels;
    }

    /** How many entries were put together. */
    long size() {
        return range.size();
    }

    Optional<Refuted> step(BundleReader.Bundle bundle) throws IOException {
        return switch (bundle) {
            case Unsound(Refuted refuted) -> Optional.of(refuted);
            case Sound sound -> {
                Optional<Refuted> rewritten = compareOnTheWay(sound.leaves());
                yield rewritten.isPresent() ? rewritten : append(sound);
            }
        };
    }

    /** After the last bundle. */
    Optional<Refuted> end() throws IOException {
        if (!range.root().equals(head.root())) {
            long known = remembered.map(Checkpoint::size).orElse(0L);
            return Optional.of(
                    new Refuted("is signed over other entries", LogSource.CHECKPOINT, Stretch.of(known, head.size())));
        }
        return levels.finish();
    }

    private Optional<Refuted> compareOnTheWay(List<MerkleHash> leaves) {
        if (remembered.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint then = remembered.get();
        long more = then.size() - range.size();
        if (more <= 0 || more > leaves.size()) {
            return Optional.empty();
        }
        CompactRange atThatTime = range;
        for (MerkleHash leaf : leaves.subList(0, (int) more)) {
            atThatTime = atThatTime.append(leaf);
        }
        return atThatTime.root().equals(then.root())
                ? Optional.empty()
                : Optional.of(new Refuted(
                        "does not begin with the entries of the remembered one",
                        LogSource.CHECKPOINT,
                        Stretch.of(0, then.size())));
    }

    private Optional<Refuted> append(Sound bundle) throws IOException {
        if (bundle.leaves().size() == Tile.FULL) {
            MerkleHash root = bundle.root();
            range = range.append(Tile.HEIGHT, root);
            return levels.add(root);
        }
        for (MerkleHash leaf : bundle.leaves()) {
            range = range.append(leaf);
        }
        return Optional.empty();
    }
}
