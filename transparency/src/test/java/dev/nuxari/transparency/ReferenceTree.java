package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The definitions of RFC 9162, section 2.1, word for word and slow: what the fast code is compared with. */
final class ReferenceTree {
    private ReferenceTree() {}

    static List<MerkleHash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MerkleHash.leaf(("entry " + i).getBytes(UTF_8)))
                .toList();
    }

    static MerkleHash root(List<MerkleHash> leaves) {
        if (leaves.isEmpty()) {
            return MerkleHash.EMPTY;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return MerkleHash.node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    static List<MerkleHash> path(int index, List<MerkleHash> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        List<MerkleHash> left = leaves.subList(0, split);
        List<MerkleHash> right = leaves.subList(split, leaves.size());
        List<MerkleHash> path = new ArrayList<>(index < split ? path(index, left) : path(index - split, right));
        path.add(root(index < split ? right : left));
        return path;
    }

    static List<MerkleHash> subproof(int first, List<MerkleHash> leaves, boolean known) {
        if (first == leaves.size()) {
            return known ? List.of() : List.of(root(leaves));
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        List<MerkleHash> left = leaves.subList(0, split);
        List<MerkleHash> right = leaves.subList(split, leaves.size());
        boolean within = first <= split;
        List<MerkleHash> path =
                new ArrayList<>(within ? subproof(first, left, known) : subproof(first - split, right, false));
        path.add(root(within ? right : left));
        return path;
    }

    /** The nodes a compact range announces while it grows; fails a proof that asks for any other. */
    static NodeSource nodes(List<MerkleHash> leaves) {
        Map<String, MerkleHash> nodes = new HashMap<>();
        CompactRange range = CompactRange.empty();
        for (MerkleHash leaf : leaves) {
            range = range.append(leaf, node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
        }
        return (level, index) -> {
            MerkleHash hash = nodes.get(level + "/" + index);
            if (hash == null) {
                throw new AssertionError("no subtree at level %d, index %d".formatted(level, index));
            }
            return hash;
        };
    }
}
