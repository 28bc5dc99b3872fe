package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.EntryBundle;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Tile;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every resource of a log, by its path, of up to 65536 entries. */
final class TiledLog {
    private TiledLog() {}

    static Map<String, byte[]> served(List<byte[]> entries, SignedNote checkpoint) {
        Map<String, byte[]> served = new TreeMap<>();
        served.put("checkpoint", checkpoint.encoded().getBytes(UTF_8));
        List<MerkleHash> full = new ArrayList<>();
        for (int first = 0; first < entries.size(); first += Tile.FULL) {
            int width = Math.min(Tile.FULL, entries.size() - first);
            long index = first / Tile.FULL;
            List<byte[]> bundle = entries.subList(first, first + width);
            served.put("tile/" + new Tile.Entries(index, width).path(), new EntryBundle(bundle).encoded());
            served.put(
                    "tile/" + new Tile.Hashes(0, index, width).path(),
                    bytes(bundle.stream().map(MerkleHash::leaf).toList()));
            if (width == Tile.FULL) {
                full.add(range(bundle).root());
            }
        }
        if (!full.isEmpty()) {
            served.put("tile/" + new Tile.Hashes(1, 0, full.size()).path(), bytes(full));
        }
        return served;
    }

    private static byte[] bytes(List<MerkleHash> hashes) {
        var bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    static CompactRange range(List<byte[]> entries) {
        return entries.stream()
                .map(MerkleHash::leaf)
                .reduce(CompactRange.empty(), CompactRange::append, (_, second) -> second);
    }
}
