package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A log in memory, every resource of which a test may change. */
final class ServedLog implements LogSource {
    static final NoteSigner SIGNER = new NoteSigner(
            "log.example/log/1", new Ed25519PrivateKey("0123456789abcdef0123456789abcdef".getBytes(UTF_8)));

    final TreeMap<String, byte[]> resources = new TreeMap<>();

    ServedLog(List<byte[]> entries) {
        List<MerkleHash> leaves = entries.stream().map(MerkleHash::leaf).toList();
        tiles(entries.size(), (index, width) -> {
            int first = (int) index * Tile.FULL;
            put(new Tile.Entries(index, width), new EntryBundle(entries.subList(first, first + width)).encoded());
        });
        level(0, leaves);
        sign(leaves);
    }

    static List<byte[]> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("entry " + i).getBytes(UTF_8))
                .toList();
    }

    /** The checkpoint over the first of its entries. */
    static SignedNote checkpoint(List<byte[]> entries) {
        return checkpointOver(entries.stream().map(MerkleHash::leaf).toList());
    }

    private static SignedNote checkpointOver(List<MerkleHash> leaves) {
        CompactRange range = leaves.stream().reduce(CompactRange.empty(), CompactRange::append, (_, second) -> second);
        return new Checkpoint(SIGNER.name(), range.size(), range.root()).sign(SIGNER);
    }

    void sign(List<MerkleHash> leaves) {
        resources.put("checkpoint", checkpointOver(leaves).encoded().getBytes(UTF_8));
    }

    private void level(int level, List<MerkleHash> hashes) {
        tiles(hashes.size(), (index, width) -> {
            var bytes = new ByteArrayOutputStream();
            int first = (int) index * Tile.FULL;
            hashes.subList(first, first + width).forEach(hash -> bytes.writeBytes(hash.bytes()));
            put(new Tile.Hashes(level, index, width), bytes.toByteArray());
        });
        if (hashes.size() >= Tile.FULL) {
            level(
                    level + 1,
                    IntStream.range(0, hashes.size() / Tile.FULL)
                            .mapToObj(i -> ReferenceTree.root(hashes.subList(i * Tile.FULL, (i + 1) * Tile.FULL)))
                            .toList());
        }
    }

    private interface Place {
        void is(long index, int width);
    }

    private static void tiles(int count, Place place) {
        for (int first = 0; first < count; first += Tile.FULL) {
            place.is(first / Tile.FULL, Math.min(Tile.FULL, count - first));
        }
    }

    private void put(Tile tile, byte[] bytes) {
        resources.put("tile/" + tile.path(), bytes);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(resources.get(path));
    }
}
