package dev.nuxari.transparency;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a log that is served as one resource and never changes (C2SP tlog-tiles): 256 hashes of one level, or 256
 * entries; fewer at the right edge of the tree.
 */
public sealed interface Tile {
    /** How many hashes or entries a full one has. */
    int FULL = 256;

    /** The levels of the tree between two levels of tiles. */
    int HEIGHT = 8;

    /** Which one of its kind, from the left. */
    long index();

    /** How many hashes or entries it has, 1 to {@value #FULL}. */
    int width();

    /** Its address below {@code tile/}. */
    String path();

    /**
     * Hashes of complete subtrees.
     *
     * @param level of tiles, 0 to 7: the hashes are those of nodes at level {@code 8 * level} of the tree
     */
    record Hashes(int level, long index, int width) implements Tile {
        public Hashes {
            if (level < 0 || level > 7) {
                throw new IllegalArgumentException("a tile's level is from 0 to 7, not " + level);
            }
            Tile.check(index, width);
        }

        @Override
        public String path() {
            return level + "/" + Tile.place(this);
        }
    }

    /** The entries themselves; their hashes are the tile of level 0 with the same index. */
    record Entries(long index, int width) implements Tile {
        public Entries {
            Tile.check(index, width);
        }

        @Override
        public String path() {
            return "entries/" + Tile.place(this);
        }
    }

    /** Reads what stands below {@code tile/}; empty if it is no address of a tile, or another spelling of one. */
    static Optional<Tile> parse(String path) {
        Matcher parts = Spelling.PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int width = parts.group("width") == null ? FULL : Integer.parseInt(parts.group("width"));
        if (width > FULL || (width == FULL && parts.group("width") != null)) {
            return Optional.empty();
        }
        long index = Long.parseLong(parts.group("index").replaceAll("[x/]", ""));
        String kind = parts.group("kind");
        Tile tile =
                kind.equals("entries") ? new Entries(index, width) : new Hashes(Integer.parseInt(kind), index, width);
        return Optional.of(tile).filter(read -> read.path().equals(path));
    }

    private static void check(long index, int width) {
        if (index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("there is no tile %d of width %d".formatted(index, width));
        }
    }

    /** Groups of three digits, all but the last with an x before them: 1234067 is {@code x001/x234/067}. */
    private static String place(Tile tile) {
        StringBuilder place = new StringBuilder("%03d".formatted(tile.index() % 1000));
        for (long rest = tile.index() / 1000; rest > 0; rest /= 1000) {
            place.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return tile.width() == FULL ? place.toString() : place + ".p/" + tile.width();
    }

    /** An interface has no private constants. */
    final class Spelling {
        private static final Pattern PATH = Pattern.compile(
                "(?<kind>entries|[0-7])/(?<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/(?<width>[1-9][0-9]{0,2}))?");

        private Spelling() {}
    }
}
