package dev.nuxari.transparency;

import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.ArrayList;
import java.util.List;

/**
 * That some leaves are all leaves of a tree from one index to another, in their order: the roots of the complete subtrees on
 * both sides. With the leaves between them they make the whole tree (RFC 9162, section 2.1.1), so that none can be left out,
 * added or moved.
 *
 * @param begin index of the first leaf
 * @param end index after the last one; with no leaf in between the same
 * @param treeSize as the checkpoint with the root says; the root alone does not tell how many leaves there are
 * @param left the complete subtrees of the tree that ends before {@code begin}, from left to right
 * @param right the largest complete subtrees from {@code end} on, from left to right
 */
public record RangeProof(long begin, long end, long treeSize, List<MerkleHash> left, List<MerkleHash> right) {
    public RangeProof {
        if (begin < 0 || end < begin || treeSize < end) {
            throw new IllegalArgumentException(
                    "leaves %d to %d are outside a tree of size %d".formatted(begin, end, treeSize));
        }
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /** The proof for the leaves from {@code begin} to before {@code end}. */
    public static RangeProof of(long begin, long end, long treeSize, NodeSource source) {
        return new RangeProof(begin, end, treeSize, subtrees(0, begin, source), subtrees(end, treeSize, source));
    }

    private static List<MerkleHash> subtrees(long from, long to, NodeSource source) {
        List<MerkleHash> hashes = new ArrayList<>();
        long at = from;
        while (at < to) {
            int level = level(at, to);
            hashes.add(source.node(level, at >> level));
            at += 1L << level;
        }
        return hashes;
    }

    /** Of the largest complete subtree that begins here and does not reach further. */
    private static int level(long at, long to) {
        int fitting = Long.numberOfTrailingZeros(Long.highestOneBit(to - at));
        return Math.min(Long.numberOfTrailingZeros(at), fitting);
    }

    /**
     * The tree before the first leaf. Whoever verifies appends the leaves one by one, and needs no more than this in memory.
     *
     * @throws IllegalArgumentException if the subtrees on the left are not as many as the tree has there
     */
    public CompactRange start() {
        return new CompactRange(begin, left);
    }

    /** Whether the tree that begins with {@link #start} and the leaves grows to the one with this root. */
    public Verification verify(CompactRange reached, MerkleHash root) {
        if (reached.size() != end) {
            return new Refuted("the leaves end at %d, not at %d".formatted(reached.size(), end));
        }
        CompactRange tree = reached;
        for (MerkleHash subtree : right) {
            if (tree.size() == treeSize) {
                return new Refuted("there are more subtrees on the right than the tree has there");
            }
            tree = tree.append(level(tree.size(), treeSize), subtree);
        }
        if (tree.size() != treeSize) {
            return new Refuted("there are fewer subtrees on the right than the tree has there");
        }
        return tree.root().equals(root) ? new Verified() : new Refuted("the leaves lead to a different root");
    }

    /** The same with all leaves at once. */
    public Verification verify(List<MerkleHash> leaves, MerkleHash root) {
        if (Long.bitCount(begin) != left.size()) {
            return new Refuted("the subtrees on the left are not as many as the tree has there");
        }
        CompactRange reached = start();
        for (MerkleHash leaf : leaves) {
            reached = reached.append(leaf);
        }
        return verify(reached, root);
    }
}
