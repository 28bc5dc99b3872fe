package dev.nuxari.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All that is needed to append to a tree and to know its root: the roots of its complete subtrees, largest first, as many
 * as the size has one-bits. Appending hashes O(log n) nodes, and on average one.
 */
public record CompactRange(long size, List<MerkleHash> hashes) {
    public CompactRange {
        if (size < 0 || Long.bitCount(size) != hashes.size()) {
            throw new IllegalArgumentException(
                    "%d hashes do not make a tree of size %d".formatted(hashes.size(), size));
        }
        hashes = List.copyOf(hashes);
    }

    /** The tree without a leaf. */
    public static CompactRange empty() {
        return new CompactRange(0, List.of());
    }

    /** The tree with one leaf more. */
    public CompactRange append(MerkleHash leaf) {
        return append(leaf, node -> {});
    }

    /**
     * The tree with one leaf more.
     *
     * @param completed told of the leaf and of each subtree it completes, from the bottom up: what a {@link NodeSource}
     *     has to keep
     */
    public CompactRange append(MerkleHash leaf, Consumer<Node> completed) {
        return append(0, leaf, completed);
    }

    /**
     * The tree with a complete subtree more.
     *
     * @param level of the subtree, which covers {@code 2^level} leaves; the size is a multiple of that
     */
    CompactRange append(int level, MerkleHash subtree) {
        if (Long.numberOfTrailingZeros(size) < level) {
            throw new IllegalArgumentException(
                    "a subtree of level %d cannot stand after %d leaves".formatted(level, size));
        }
        return append(level, subtree, node -> {});
    }

    private CompactRange append(int level, MerkleHash subtree, Consumer<Node> completed) {
        List<MerkleHash> grown = new ArrayList<>(hashes);
        MerkleHash hash = subtree;
        int height = level;
        completed.accept(new Node(height, size >> height, hash));
        for (; ((size >> height) & 1) == 1; height++) {
            hash = MerkleHash.node(grown.removeLast(), hash);
            completed.accept(new Node(height + 1, size >> (height + 1), hash));
        }
        grown.add(hash);
        return new CompactRange(size + (1L << level), grown);
    }

    /** The Merkle tree hash of RFC 9162, section 2.1.1. */
    public MerkleHash root() {
        return hashes.reversed().stream()
                .reduce((right, left) -> MerkleHash.node(left, right))
                .orElse(MerkleHash.EMPTY);
    }
}
