package dev.nuxari.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Claim({"A1", "V1"})
class ProofPropertyTest {
    private static final int LARGEST = 150;
    private static final List<MerkleHash> LEAVES = ReferenceTree.leaves(LARGEST);
    private static final NodeSource NODES = ReferenceTree.nodes(LEAVES);

    @Property(tries = 300)
    void compactRangeHasTheRootOfTheDefinition(@ForAll @IntRange(max = LARGEST) int size) {
        CompactRange range =
                LEAVES.subList(0, size).stream().reduce(CompactRange.empty(), CompactRange::append, (a, b) -> b);

        assertThat(range.root()).isEqualTo(root(size)).isEqualTo(NODES.root(0, size));
    }

    @Property(tries = 500)
    void everyLeafCanBeProvenInItsPlaceOnly(
            @ForAll @IntRange(min = 1, max = LARGEST) int size, @ForAll int seed, @ForAll int otherSeed) {
        int index = Math.floorMod(seed, size);
        int other = Math.floorMod(otherSeed, size);
        InclusionProof proof = InclusionProof.of(index, size, NODES);

        assertThat(proof.path()).isEqualTo(ReferenceTree.path(index, LEAVES.subList(0, size)));
        assertThat(proof.verify(LEAVES.get(index), root(size))).isEqualTo(new Verified());
        assertThat(proof.verify(LEAVES.get(other), root(size)) instanceof Verified)
                .isEqualTo(index == other);
        assertThat(
                        new InclusionProof(other, size, proof.path()).verify(LEAVES.get(index), root(size))
                                instanceof Verified)
                .isEqualTo(index == other);
    }

    @Property(tries = 500)
    void everyTreeCanBeProvenToGrow(
            @ForAll @IntRange(min = 1, max = LARGEST) int second, @ForAll @IntRange(max = LARGEST) int seed) {
        int first = seed % (second + 1);
        ConsistencyProof proof = ConsistencyProof.of(first, second, NODES);

        if (first > 0) {
            assertThat(proof.path()).isEqualTo(ReferenceTree.subproof(first, LEAVES.subList(0, second), true));
        }
        assertThat(proof.verify(root(first), root(second))).isEqualTo(new Verified());
        assertThat(proof.verify(root((first + 1) % LARGEST), root(second))).isInstanceOf(Refuted.class);
    }

    @Property(tries = 500)
    void anyFlippedBitOfAnInclusionProofRefutes(
            @ForAll @IntRange(min = 2, max = LARGEST) int size, @ForAll int seed, @ForAll int bit) {
        int index = Math.floorMod(seed, size);
        InclusionProof proof = InclusionProof.of(index, size, NODES);

        assertThat(new InclusionProof(index, size, flip(proof.path(), bit)).verify(LEAVES.get(index), root(size)))
                .isInstanceOf(Refuted.class);
        assertThat(proof.verify(flip(LEAVES.get(index), bit), root(size))).isInstanceOf(Refuted.class);
        assertThat(proof.verify(LEAVES.get(index), flip(root(size), bit))).isInstanceOf(Refuted.class);
    }

    @Property(tries = 500)
    void anyFlippedBitOfAConsistencyProofRefutes(
            @ForAll @IntRange(min = 2, max = LARGEST) int second, @ForAll int seed, @ForAll int bit) {
        int first = 1 + Math.floorMod(seed, second - 1);
        ConsistencyProof proof = ConsistencyProof.of(first, second, NODES);

        assertThat(new ConsistencyProof(first, second, flip(proof.path(), bit)).verify(root(first), root(second)))
                .isInstanceOf(Refuted.class);
        assertThat(proof.verify(root(first), flip(root(second), bit))).isInstanceOf(Refuted.class);
    }

    @Property(tries = 300)
    void pathOfAnotherLengthRefutes(@ForAll @IntRange(min = 2, max = LARGEST) int size, @ForAll int seed) {
        int index = Math.floorMod(seed, size);
        List<MerkleHash> path = InclusionProof.of(index, size, NODES).path();
        List<MerkleHash> longer = new ArrayList<>(path);
        longer.add(MerkleHash.EMPTY);

        assertThat(new InclusionProof(index, size, longer).verify(LEAVES.get(index), root(size)))
                .isInstanceOf(Refuted.class);
        assertThat(new InclusionProof(index, size, path.subList(1, path.size())).verify(LEAVES.get(index), root(size)))
                .isInstanceOf(Refuted.class);
    }

    private static MerkleHash root(int size) {
        return ReferenceTree.root(LEAVES.subList(0, size));
    }

    private static List<MerkleHash> flip(List<MerkleHash> path, int bit) {
        List<MerkleHash> flipped = new ArrayList<>(path);
        int which = Math.floorMod(bit >> 8, path.size());
        flipped.set(which, flip(path.get(which), bit));
        return flipped;
    }

    private static MerkleHash flip(MerkleHash hash, int bit) {
        byte[] bytes = hash.bytes();
        bytes[Math.floorMod(bit >> 3, bytes.length)] ^= (byte) (1 << (bit & 7));
        return MerkleHash.of(bytes);
    }
}
