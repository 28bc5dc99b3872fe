package dev.nuxari.transparency;

import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.ArrayList;
import java.util.List;

/** The path from one leaf to the root of a tree of a given size (RFC 9162, section 2.1.3). */
public record InclusionProof(long leafIndex, long treeSize, List<MerkleHash> path) {
    public InclusionProof {
        if (leafIndex < 0 || leafIndex >= treeSize) {
            throw new IllegalArgumentException("leaf %d is outside a tree of size %d".formatted(leafIndex, treeSize));
        }
        path = List.copyOf(path);
    }

    /** The proof for one leaf (section 2.1.3.1). */
    public static InclusionProof of(long leafIndex, long treeSize, NodeSource source) {
        List<MerkleHash> fromTheRoot = new ArrayList<>();
        long begin = 0;
        long end = treeSize;
        while (end - begin > 1) {
            long middle = begin + NodeSource.split(end - begin);
            if (leafIndex < middle) {
                fromTheRoot.add(source.root(middle, end));
                end = middle;
            } else {
                fromTheRoot.add(source.root(begin, middle));
                begin = middle;
            }
        }
        return new InclusionProof(leafIndex, treeSize, fromTheRoot.reversed());
    }

    /** Whether the leaf stands at this index of the tree with this root (section 2.1.3.2). */
    public Verification verify(MerkleHash leaf, MerkleHash root) {
        long node = leafIndex;
        long last = treeSize - 1;
        MerkleHash hash = leaf;
        for (MerkleHash sibling : path) {
            if (last == 0) {
                return new Refuted("the path is longer than the tree is high");
            }
            if (isRight(node) || node == last) {
                hash = MerkleHash.node(sibling, hash);
                int rise = Long.numberOfTrailingZeros(node);
                node >>= rise;
                last >>= rise;
            } else {
                hash = MerkleHash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            return new Refuted("the path stops below the root");
        }
        return hash.equals(root) ? new Verified() : new Refuted("the path leads to a different root");
    }

    private static boolean isRight(long node) {
        return (node & 1) == 1;
    }
}
