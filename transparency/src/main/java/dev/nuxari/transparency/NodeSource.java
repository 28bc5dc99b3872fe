package dev.nuxari.transparency;

/** Where proofs find the hashes that {@link CompactRange#append} has announced. */
@FunctionalInterface
public interface NodeSource {
    /** The hash of a complete subtree; asked only for subtrees that lie wholly within the tree's size. */
    MerkleHash node(int level, long index);

    /** The root over the leaves from {@code begin} to before {@code end}: MTH(D[begin:end]) of RFC 9162, section 2.1.1. */
    default MerkleHash root(long begin, long end) {
        long size = end - begin;
        if (size == 0) {
            return MerkleHash.EMPTY;
        }
        if (Long.bitCount(size) == 1 && begin % size == 0) {
            int level = Long.numberOfTrailingZeros(size);
            return node(level, begin >> level);
        }
        long middle = begin + split(size);
        return MerkleHash.node(root(begin, middle), root(middle, end));
    }

    /** The largest power of two below a size of at least two. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
