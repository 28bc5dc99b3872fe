package dev.nuxari.transparency;

/**
 * A complete subtree, once written never changed: at level {@code l} and index {@code i} it covers the {@code 2^l} leaves
 * from {@code i * 2^l}. Level 0 are the leaf hashes.
 */
public record Node(int level, long index, MerkleHash hash) {}
