package dev.nuxari.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree that certificate-transparency's reference implementation publishes with RFC 6962. */
@Claim({"A1", "V1"})
class MerkleTreeTest {
    private static final List<MerkleHash> LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .map(MerkleHash::leaf)
            .toList();
    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void growsToTheRootsOfTheReference() {
        CompactRange range = CompactRange.empty();
        assertThat(range.root().hex()).isEqualTo(ROOTS.getFirst());
        for (int size = 1; size <= LEAVES.size(); size++) {
            range = range.append(LEAVES.get(size - 1));
            assertThat(range.root().hex()).isEqualTo(ROOTS.get(size));
        }
    }

    /** From the test data of the same reference implementation. */
    @Test
    void provesConsistencyAsTheReferenceDoes() {
        ConsistencyProof proof = ConsistencyProof.of(6, 8, ReferenceTree.nodes(LEAVES));

        assertThat(proof.path())
                .extracting(MerkleHash::hex)
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(proof.verify(MerkleHash.parse(ROOTS.get(6)), MerkleHash.parse(ROOTS.get(8))))
                .isEqualTo(new Verified());
        assertThat(proof.verify(MerkleHash.parse(ROOTS.get(5)), MerkleHash.parse(ROOTS.get(8))))
                .isEqualTo(new Refuted("the path leads to a different first root"));
    }

    @Test
    void truncatedPathIsRefuted() {
        InclusionProof proof = InclusionProof.of(0, 5, ReferenceTree.nodes(LEAVES));

        assertThat(new InclusionProof(0, 5, proof.path().subList(0, 2))
                        .verify(LEAVES.getFirst(), MerkleHash.parse(ROOTS.get(5))))
                .isEqualTo(new Refuted("the path stops below the root"));
    }

    @Test
    void continuesFromStoredHashes() {
        CompactRange grown = LEAVES.stream().reduce(CompactRange.empty(), CompactRange::append, (a, b) -> b);
        CompactRange restored = new CompactRange(
                7,
                List.of(MerkleHash.parse(ROOTS.get(4)), MerkleHash.node(LEAVES.get(4), LEAVES.get(5)), LEAVES.get(6)));

        assertThat(restored.root().hex()).isEqualTo(ROOTS.get(7));
        assertThat(restored.append(LEAVES.get(7))).isEqualTo(grown);
        assertThatIllegalArgumentException().isThrownBy(() -> new CompactRange(3, List.of(MerkleHash.EMPTY)));
    }

    @Test
    void hashHasOneSpelling() {
        assertThat(MerkleHash.parse(ROOTS.get(1)).hex()).isEqualTo(ROOTS.get(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleHash.parse(ROOTS.get(1).toUpperCase(Locale.ROOT)));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleHash.parse("00"));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleHash.parse("zz"));
    }
}
