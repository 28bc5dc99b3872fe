package dev.nuxari.transparency;

import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.ArrayList;
import java.util.List;

/** That a tree begins with all leaves of a smaller one, in their order (RFC 9162, section 2.1.4). */
public record ConsistencyProof(long firstSize, long secondSize, List<MerkleHash> path) {
    public ConsistencyProof {
        if (firstSize < 0 || firstSize > secondSize) {
            throw new IllegalArgumentException(
                    "a tree of size %d does not grow to %d".formatted(firstSize, secondSize));
        }
        path = List.copyOf(path);
    }

    /** The proof between two sizes (section 2.1.4.1); empty when the first tree is empty or both are the same. */
    public static ConsistencyProof of(long firstSize, long secondSize, NodeSource source) {
        List<MerkleHash> fromTheRoot = new ArrayList<>();
        long begin = 0;
        long end = secondSize;
        while (firstSize > 0 && firstSize < end) {
            long middle = begin + NodeSource.split(end - begin);
            if (firstSize <= middle) {
                fromTheRoot.add(source.root(middle, end));
                end = middle;
            } else {
                fromTheRoot.add(source.root(begin, middle));
                begin = middle;
            }
        }
        // A subtree that is the whole first tree is known to whoever verifies.
        if (firstSize > 0 && begin > 0) {
            fromTheRoot.add(source.root(begin, end));
        }
        return new ConsistencyProof(firstSize, secondSize, fromTheRoot.reversed());
    }

    /** Whether the second root's tree begins with the first root's (section 2.1.4.2). */
    public Verification verify(MerkleHash firstRoot, MerkleHash secondRoot) {
        if (firstSize == 0 || firstSize == secondSize) {
            return verifyWithoutPath(firstRoot, secondRoot);
        }
        List<MerkleHash> hashes = new ArrayList<>(path);
        if (Long.bitCount(firstSize) == 1) {
            hashes.addFirst(firstRoot);
        }
        if (hashes.isEmpty()) {
            return new Refuted("the path is empty");
        }
        return climb(hashes, firstRoot, secondRoot);
    }

    private Verification verifyWithoutPath(MerkleHash firstRoot, MerkleHash secondRoot) {
        if (!path.isEmpty()) {
            return new Refuted("the path is longer than it has to be");
        }
        MerkleHash expected = firstSize == secondSize ? secondRoot : MerkleHash.EMPTY;
        return firstRoot.equals(expected) ? new Verified() : new Refuted("the first root is a different one");
    }

    private Verification climb(List<MerkleHash> hashes, MerkleHash firstRoot, MerkleHash secondRoot) {
        int start = Long.numberOfTrailingZeros(firstSize); // the right spine of the first tree is complete up to here
        long node = (firstSize - 1) >> start;
        long last = (secondSize - 1) >> start;
        MerkleHash first = hashes.getFirst();
        MerkleHash second = first;
        for (MerkleHash sibling : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return new Refuted("the path is longer than the tree is high");
            }
            if ((node & 1) == 1 || node == last) {
                first = MerkleHash.node(sibling, first);
                second = MerkleHash.node(sibling, second);
                int rise = Long.numberOfTrailingZeros(node);
                node >>= rise;
                last >>= rise;
            } else {
                second = MerkleHash.node(second, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            return new Refuted("the path stops below the root");
        }
        if (!first.equals(firstRoot)) {
            return new Refuted("the path leads to a different first root");
        }
        return second.equals(secondRoot) ? new Verified() : new Refuted("the path leads to a different second root");
    }
}
