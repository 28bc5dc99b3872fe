package dev.nuxari.transparency;

import dev.nuxari.transparency.LogVerification.Refuted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the tiles above the lowest level with the entries, while those come in. Holds at most one tile of each level. */
final class TileLevels {
    private static final int LOWEST = 1;

    private final BundleReader reader;
    private final List<Level> levels = new ArrayList<>();

    TileLevels(BundleReader reader) {
        this.reader = reader;
    }

    private static final class Level {
        private final List<MerkleHash> hashes = new ArrayList<>();
        private long tile;
    }

    /** The root of the next full bundle of entries. */
    Optional<Refuted> add(MerkleHash bundle) throws IOException {
        MerkleHash hash = bundle;
        for (int i = 0; ; i++) {
            if (i == levels.size()) {
                levels.add(new Level());
            }
            Level level = levels.get(i);
            level.hashes.add(hash);
            if (level.hashes.size() < Tile.FULL) {
                return Optional.empty();
            }
            Optional<Refuted> different = compare(i);
            if (different.isPresent()) {
                return different;
            }
            hash = new BundleReader.Bundle.Sound(level.hashes).root();
            level.hashes.clear();
            level.tile++;
        }
    }

    /** After the last entry: the tiles at the right edge. */
    Optional<Refuted> finish() throws IOException {
        for (int i = 0; i < levels.size(); i++) {
            Optional<Refuted> different = levels.get(i).hashes.isEmpty() ? Optional.empty() : compare(i);
            if (different.isPresent()) {
                return different;
            }
        }
        return Optional.empty();
    }

    private Optional<Refuted> compare(int i) throws IOException {
        Level level = levels.get(i);
        return reader.compare(new Tile.Hashes(LOWEST + i, level.tile, level.hashes.size()), level.hashes);
    }
}
