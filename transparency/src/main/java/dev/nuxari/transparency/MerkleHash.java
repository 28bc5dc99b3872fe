package dev.nuxari.transparency;

import dev.nuxari.kernel.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A node of the Merkle tree. Leaves and inner nodes hash under different prefixes (RFC 9162, section 2.1.1). */
public final class MerkleHash {
    /** The root of the tree without a leaf: the hash of nothing. */
    public static final MerkleHash EMPTY = new MerkleHash(Sha256.of());

    static final int LENGTH = 32;
    private static final byte[] LEAF = {0x00};
    private static final byte[] NODE = {0x01};

    private final byte[] bytes;

    private MerkleHash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static MerkleHash leaf(byte[] entry) {
        return new MerkleHash(Sha256.of(LEAF, entry));
    }

    public static MerkleHash node(MerkleHash left, MerkleHash right) {
        return new MerkleHash(Sha256.of(NODE, left.bytes, right.bytes));
    }

    /**
     * A hash computed before.
     *
     * @throws IllegalArgumentException if these are not 32 bytes
     */
    public static MerkleHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new MerkleHash(bytes.clone());
    }

    /**
     * Reads the form that {@link #hex} writes, in lower case only, so that a hash has one spelling.
     *
     * @throws IllegalArgumentException if the text is no such form
     */
    public static MerkleHash parse(String hex) {
        MerkleHash hash = of(HexFormat.of().parseHex(hex));
        if (!hash.hex().equals(hex)) {
            throw new IllegalArgumentException("a hash is written in lower case");
        }
        return hash;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the 32 bytes from this offset on are this hash. */
    boolean standsAt(byte[] source, int offset) {
        return Arrays.equals(bytes, 0, LENGTH, source, offset, offset + LENGTH);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerkleHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
