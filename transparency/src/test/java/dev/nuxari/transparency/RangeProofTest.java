package dev.nuxari.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Leaves under a range proof are all that the tree has there, in the tree's order. */
@Claim({"A1", "V1"})
class RangeProofTest {
    private static final int SMALL = 64;
    private static final int LARGEST = 5000;
    private static final List<MerkleHash> LEAVES = ReferenceTree.leaves(LARGEST);
    private static final NodeSource NODES = ReferenceTree.nodes(LEAVES);

    /** A stretch of a tree, drawn by chance. */
    private record Drawn(int begin, int end, int size, Random random) {
        static Drawn of(long seed) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(LARGEST);
            int end = 1 + random.nextInt(size);
            return new Drawn(Math.max(0, end - 1 - random.nextInt(300)), end, size, random);
        }

        RangeProof proof() {
            return RangeProof.of(begin, end, size, NODES);
        }

        List<MerkleHash> leaves() {
            return new ArrayList<>(LEAVES.subList(begin, end));
        }

        MerkleHash root() {
            return NODES.root(0, size);
        }
    }

    @Test
    void everyStretchOfEverySmallTreeIsProven() {
        for (int size = 0; size <= SMALL; size++) {
            MerkleHash root = ReferenceTree.root(LEAVES.subList(0, size));
            for (int end = 0; end <= size; end++) {
                for (int begin = 0; begin <= end; begin++) {
                    RangeProof proof = RangeProof.of(begin, end, size, NODES);

                    assertThat(proof.verify(LEAVES.subList(begin, end), root))
                            .as("%d to %d of %d", begin, end, size)
                            .isEqualTo(new Verified());
                    assertThat(proof.left().size() + proof.right().size()).isLessThanOrEqualTo(2 * Integer.SIZE);
                }
            }
        }
    }

    @Test
    void noStretchOfASmallTreeIsProvenAtAnotherPlace() {
        int size = 23;
        MerkleHash root = NODES.root(0, size);
        for (int end = 1; end <= size; end++) {
            for (int begin = 0; begin < end; begin++) {
                List<MerkleHash> leaves = LEAVES.subList(begin, end);
                for (int other = 0; other + leaves.size() <= size; other++) {
                    RangeProof proof = RangeProof.of(other, other + leaves.size(), size, NODES);

                    assertThat(proof.verify(leaves, root) instanceof Verified).isEqualTo(other == begin);
                }
            }
        }
    }

    @Property(tries = 200)
    void anyStretchOfALargeTreeIsProven(@ForAll long seed) {
        Drawn drawn = Drawn.of(seed);

        assertThat(drawn.proof().verify(drawn.leaves(), drawn.root())).isEqualTo(new Verified());
        assertThat(drawn.proof().verify(drawn.leaves(), NODES.root(0, drawn.size() % LARGEST + 1)))
                .isInstanceOf(Refuted.class);
    }

    @Property(tries = 200)
    void leafLeftOutAddedChangedOrMovedIsNoticed(@ForAll long seed) {
        Drawn drawn = Drawn.of(seed);
        int which = drawn.random().nextInt(drawn.end() - drawn.begin());

        List<MerkleHash> without = drawn.leaves();
        MerkleHash leaf = without.remove(which);
        refuted(drawn.proof(), without, drawn);
        refuted(RangeProof.of(drawn.begin(), drawn.end() - 1, drawn.size(), NODES), without, drawn, which);

        List<MerkleHash> twice = drawn.leaves();
        twice.add(which, leaf);
        refuted(drawn.proof(), twice, drawn);

        List<MerkleHash> changed = drawn.leaves();
        changed.set(which, MerkleHash.node(leaf, leaf));
        refuted(drawn.proof(), changed, drawn);

        if (which > 0) {
            List<MerkleHash> moved = drawn.leaves();
            Collections.swap(moved, which - 1, which);
            refuted(drawn.proof(), moved, drawn);
        }
    }

    /** Leaving out the last leaf is no omission for a proof of the shorter stretch. */
    private static void refuted(RangeProof shorter, List<MerkleHash> leaves, Drawn drawn, int leftOut) {
        if (leftOut < drawn.end() - drawn.begin() - 1) {
            refuted(shorter, leaves, drawn);
        }
    }

    private static void refuted(RangeProof proof, List<MerkleHash> leaves, Drawn drawn) {
        assertThat(proof.verify(leaves, drawn.root())).isInstanceOf(Refuted.class);
    }

    @Property(tries = 200)
    void subtreesAreNeitherFewerNorMoreNorOthers(@ForAll long seed) {
        Drawn drawn = Drawn.of(seed);
        RangeProof proof = drawn.proof();
        for (boolean left : new boolean[] {true, false}) {
            List<MerkleHash> more = new ArrayList<>(left ? proof.left() : proof.right());
            more.add(drawn.random().nextInt(more.size() + 1), MerkleHash.EMPTY);
            refuted(with(proof, left, more), drawn.leaves(), drawn);
        }
        for (boolean left : new boolean[] {true, false}) {
            List<MerkleHash> side = left ? proof.left() : proof.right();
            if (!side.isEmpty()) {
                int which = drawn.random().nextInt(side.size());
                List<MerkleHash> fewer = new ArrayList<>(side);
                fewer.remove(which);
                refuted(with(proof, left, fewer), drawn.leaves(), drawn);
                List<MerkleHash> others = new ArrayList<>(side);
                others.set(which, MerkleHash.EMPTY);
                refuted(with(proof, left, others), drawn.leaves(), drawn);
            }
        }
    }

    private static RangeProof with(RangeProof proof, boolean left, List<MerkleHash> side) {
        return new RangeProof(
                proof.begin(), proof.end(), proof.treeSize(), left ? side : proof.left(), left ? proof.right() : side);
    }

    @Property(tries = 200)
    void stretchThatSaysToStandElsewhereIsRefuted(@ForAll long seed) {
        Drawn drawn = Drawn.of(seed);
        RangeProof proof = drawn.proof();
        if (drawn.begin() > 0) {
            refuted(shifted(proof, -1), drawn.leaves(), drawn);
        }
        if (drawn.end() < drawn.size()) {
            refuted(shifted(proof, 1), drawn.leaves(), drawn);
        }
    }

    @Property(tries = 200)
    void endIsWhereTheLeavesEnd(@ForAll long seed) {
        // Leaves and subtrees are the genuine ones; only where the stretch is said to end is not.
        Drawn drawn = Drawn.of(seed);
        RangeProof proof = drawn.proof();
        if (drawn.end() < drawn.size()) {
            refuted(ending(proof, drawn.end() + 1), drawn.leaves(), drawn);
        }
        refuted(ending(proof, drawn.end() - 1), drawn.leaves(), drawn);
    }

    private static RangeProof ending(RangeProof proof, long end) {
        return new RangeProof(proof.begin(), end, proof.treeSize(), proof.left(), proof.right());
    }

    private static RangeProof shifted(RangeProof proof, int by) {
        return new RangeProof(proof.begin() + by, proof.end() + by, proof.treeSize(), proof.left(), proof.right());
    }

    @Test
    void stretchOutsideItsTreeIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RangeProof(3, 2, 5, List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RangeProof(-1, 2, 5, List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RangeProof(2, 6, 5, List.of(), List.of()));
    }
}
