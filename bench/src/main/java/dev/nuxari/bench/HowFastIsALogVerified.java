package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.EntryBundle;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Verifies a log in a folder, in a process with little memory, beside SHA-256 over the bytes of its entries. */
final class HowFastIsALogVerified implements Question {
    /** So many bundles hold a little more than a million events. */
    private static final int BUNDLES = 3907;

    private static final int BUNDLES_WHEN_QUICK = 400;
    private static final String PADDING = "x".repeat(480);

    @Override
    public String name() {
        return "log-verify";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        Path folder = ground.folder("log-verify");
        int bundles = ground.quick() ? BUNDLES_WHEN_QUICK : BUNDLES;
        try {
            write(folder, bundles);
            return Json.object(
                    "events", (long) bundles * Tile.FULL,
                    // So little memory has room for one of the largest bundles: they are read one after the other.
                    "oneCoreIn64MiB", verified(folder, 1, "64m"),
                    "oneCoreIn256MiB", verified(folder, 1, "256m"),
                    "twoCoresIn256MiB", verified(folder, 2, "256m"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json.Obj verified(Path folder, int cores, String heap) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx" + heap,
                        "-XX:ActiveProcessorCount=" + cores,
                        "-cp",
                        System.getProperty("java.class.path"),
                        VerifyingProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream answer = process.getInputStream()) {
            return Json.parseObject(new String(answer.readAllBytes(), UTF_8));
        }
    }

    static NoteSigner signer() {
        return new NoteSigner("bench.example/log/1", new Ed25519PrivateKey(new byte[32]));
    }

    private static void write(Path folder, int bundles) throws IOException {
        List<MerkleHash> roots = new ArrayList<>();
        CompactRange whole = CompactRange.empty();
        for (int bundle = 0; bundle < bundles; bundle++) {
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < Tile.FULL; i++) {
                entries.add("{\"event\":%d,\"padding\":\"%s\"}"
                        .formatted(bundle * (long) Tile.FULL + i, PADDING)
                        .getBytes(UTF_8));
            }
            put(folder, new Tile.Entries(bundle, Tile.FULL), new EntryBundle(entries).encoded());
            List<MerkleHash> leaves = entries.stream().map(MerkleHash::leaf).toList();
            put(folder, new Tile.Hashes(0, bundle, Tile.FULL), bytes(leaves));
            for (MerkleHash leaf : leaves) {
                whole = whole.append(leaf);
            }
            roots.add(root(leaves));
        }
        level(folder, 1, roots);
        Files.writeString(
                folder.resolve("checkpoint"),
                new Checkpoint(signer().name(), whole.size(), whole.root())
                        .sign(signer())
                        .encoded());
    }

    private static void level(Path folder, int level, List<MerkleHash> hashes) throws IOException {
        List<MerkleHash> roots = new ArrayList<>();
        for (int first = 0; first < hashes.size(); first += Tile.FULL) {
            List<MerkleHash> tile = hashes.subList(first, Math.min(hashes.size(), first + Tile.FULL));
            put(folder, new Tile.Hashes(level, first / Tile.FULL, tile.size()), bytes(tile));
            if (tile.size() == Tile.FULL) {
                roots.add(root(tile));
            }
        }
        if (!roots.isEmpty()) {
            level(folder, level + 1, roots);
        }
    }

    private static MerkleHash root(List<MerkleHash> hashes) {
        CompactRange range = CompactRange.empty();
        for (MerkleHash hash : hashes) {
            range = range.append(hash);
        }
        return range.root();
    }

    private static byte[] bytes(List<MerkleHash> hashes) {
        var bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    private static void put(Path folder, Tile tile, byte[] bytes) throws IOException {
        Path file = folder.resolve("tile/" + tile.path());
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, bytes);
    }
}
