package dev.nuxari.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Every proof of small trees, and any proof of large ones. */
@Claim({"A1", "V1"})
class ProofScaleTest {
    private static final int SMALL = 200;
    private static final int HEIGHT = Boolean.getBoolean("nuxari.all") ? 20 : 16;
    private static final long LARGE = 1L << HEIGHT;

    /** The complete subtrees of the large tree, 32 bytes each, by level. */
    private static final List<byte[]> LEVELS = levels();

    private static final NodeSource NODES = (level, index) -> hashAt(LEVELS.get(level), (int) index);

    private static List<byte[]> levels() {
        List<byte[]> levels = new ArrayList<>();
        ByteBuffer leaves = ByteBuffer.allocate((int) LARGE * MerkleHash.LENGTH);
        for (long i = 0; i < LARGE; i++) {
            leaves.put(MerkleHash.leaf(entry(i)).bytes());
        }
        levels.add(leaves.array());
        for (int level = 1; level <= HEIGHT; level++) {
            byte[] below = levels.getLast();
            ByteBuffer nodes = ByteBuffer.allocate(below.length / 2);
            for (int i = 0; i < below.length / MerkleHash.LENGTH; i += 2) {
                nodes.put(
                        MerkleHash.node(hashAt(below, i), hashAt(below, i + 1)).bytes());
            }
            levels.add(nodes.array());
        }
        return levels;
    }

    private static MerkleHash hashAt(byte[] level, int index) {
        return MerkleHash.of(ByteBuffer.allocate(MerkleHash.LENGTH)
                .put(level, index * MerkleHash.LENGTH, MerkleHash.LENGTH)
                .array());
    }

    private static byte[] entry(long index) {
        return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    }

    @Test
    void everyLeafOfEverySmallTreeIsProven() {
        for (long size = 1; size <= SMALL; size++) {
            MerkleHash root = NODES.root(0, size);
            for (long leaf = 0; leaf < size; leaf++) {
                assertThat(InclusionProof.of(leaf, size, NODES).verify(MerkleHash.leaf(entry(leaf)), root))
                        .as("leaf %d of %d", leaf, size)
                        .isEqualTo(new Verified());
            }
        }
    }

    @Test
    void everyPairOfSmallSizesIsConsistent() {
        for (long second = 0; second <= SMALL; second++) {
            MerkleHash root = NODES.root(0, second);
            for (long first = 0; first <= second; first++) {
                assertThat(ConsistencyProof.of(first, second, NODES).verify(NODES.root(0, first), root))
                        .as("%d to %d", first, second)
                        .isEqualTo(new Verified());
            }
        }
    }

    @Property(tries = 300)
    void anyLeafOfAnyLargeTreeIsProvenInItsPlaceOnly(@ForAll long seed) {
        Random random = new Random(seed);
        long size = 1 + random.nextLong(LARGE);
        long leaf = random.nextLong(size);
        long other = random.nextLong(size);
        MerkleHash root = NODES.root(0, size);
        InclusionProof proof = InclusionProof.of(leaf, size, NODES);

        assertThat(proof.verify(MerkleHash.leaf(entry(leaf)), root)).isEqualTo(new Verified());
        assertThat(proof.verify(MerkleHash.leaf(entry(other)), root) instanceof Verified)
                .isEqualTo(leaf == other);
    }

    @Property(tries = 300)
    void anyTwoLargeSizesAreConsistent(@ForAll long seed) {
        Random random = new Random(seed);
        long second = random.nextLong(LARGE + 1);
        long first = random.nextLong(second + 1);
        ConsistencyProof proof = ConsistencyProof.of(first, second, NODES);

        assertThat(proof.verify(NODES.root(0, first), NODES.root(0, second))).isEqualTo(new Verified());
        if (first > 0) {
            assertThat(proof.verify(NODES.root(0, first - 1), NODES.root(0, second)))
                    .isInstanceOf(Refuted.class);
        }
    }
}
