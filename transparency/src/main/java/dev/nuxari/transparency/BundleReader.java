package dev.nuxari.transparency;

import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one bundle of entries with the tile of its hashes, and compares the two. */
final class BundleReader {
    static final String TOO_LARGE = "is larger than any part of a log";

    private final LogSource source;
    private final EntryRule rule;

    BundleReader(LogSource source, EntryRule rule) {
        this.source = source;
        this.rule = rule;
    }

    /** What a bundle turned out to be. */
    sealed interface Bundle {
        /** The hashes of its entries. */
        record Sound(List<MerkleHash> leaves) implements Bundle {
            /** The root over them. */
            MerkleHash root() {
                return leaves.stream()
                        .reduce(CompactRange.empty(), CompactRange::append, (_, second) -> second)
                        .root();
            }
        }

        record Unsound(Refuted refuted) implements Bundle {}
    }

    Bundle read(long index, int width) throws IOException {
        Tile tile = new Tile.Entries(index, width);
        Optional<byte[]> bytes = source.read(path(tile));
        if (bytes.isEmpty()) {
            return missing(tile);
        }
        if (bytes.get().length > LogSource.LARGEST_RESOURCE) {
            return unsound(TOO_LARGE, tile, stretch(tile));
        }
        EntryBundle bundle;
        try {
            bundle = EntryBundle.parse(bytes.get());
        } catch (IllegalArgumentException e) {
            return unsound(String.valueOf(e.getMessage()), tile, stretch(tile));
        }
        if (bundle.entries().size() != width) {
            return unsound(
                    "holds %d entries instead of %d".formatted(bundle.entries().size(), width), tile, stretch(tile));
        }
        long first = stretch(tile).first();
        List<MerkleHash> leaves = new ArrayList<>(width);
        for (byte[] entry : bundle.entries()) {
            long place = first + leaves.size();
            Optional<String> objection = rule.objection(place, entry);
            if (objection.isPresent()) {
                return unsound(objection.get(), tile, new Stretch(place, place));
            }
            leaves.add(MerkleHash.leaf(entry));
        }
        Optional<Refuted> different = compare(new Tile.Hashes(0, index, width), leaves);
        return different.<Bundle>map(Bundle.Unsound::new).orElseGet(() -> new Bundle.Sound(leaves));
    }

    /** Whether the log serves these hashes at this place. */
    Optional<Refuted> compare(Tile.Hashes tile, List<MerkleHash> expected) throws IOException {
        Optional<byte[]> bytes = source.read(path(tile));
        if (bytes.isEmpty()) {
            return Optional.of(missing(tile).refuted());
        }
        if (bytes.get().length != expected.size() * MerkleHash.LENGTH) {
            return Optional.of(refuted("does not hold %d hashes".formatted(expected.size()), tile, stretch(tile)));
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).standsAt(bytes.get(), i * MerkleHash.LENGTH)) {
                Stretch below = stretch(new Tile.Hashes(tile.level(), tile.index() * Tile.FULL + i, 1), 0);
                return Optional.of(refuted("has another hash than the entries below it", tile, below));
            }
        }
        return Optional.empty();
    }

    private static Bundle.Unsound missing(Tile tile) {
        return unsound("is not served", tile, stretch(tile));
    }

    private static Bundle.Unsound unsound(String reason, Tile tile, Stretch entries) {
        return new Bundle.Unsound(refuted(reason, tile, entries));
    }

    private static Refuted refuted(String reason, Tile tile, Stretch entries) {
        return new Refuted(reason, path(tile), entries);
    }

    private static String path(Tile tile) {
        return "tile/" + tile.path();
    }

    /** The entries below a tile. */
    private static Stretch stretch(Tile tile) {
        return stretch(tile, Tile.HEIGHT);
    }

    private static Stretch stretch(Tile tile, int height) {
        int level = tile instanceof Tile.Hashes hashes ? hashes.level() * Tile.HEIGHT : 0;
        long begin = tile.index() << (level + height);
        return Stretch.of(begin, begin + ((long) tile.width() << level));
    }
}
