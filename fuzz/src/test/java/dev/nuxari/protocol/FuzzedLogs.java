package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerification.Verified;
import dev.nuxari.transparency.LogVerifier;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A log that is served by somebody who wants to deceive, or to break, its reader. */
public final class FuzzedLogs {
    private static final int SIZE = Tile.FULL + 44;
    private static final String ORIGIN = "log.example/log/" + RecordedWorkflow.ORGANIZATION;
    private static final NoteSigner SIGNER =
            new NoteSigner(ORIGIN, new Ed25519PrivateKey("0123456789abcdef0123456789abcdef".getBytes(UTF_8)));
    private static final List<byte[]> ENTRIES = IntStream.range(0, SIZE)
            .mapToObj(i -> "{\"organizationId\":\"%s\",\"sequence\":%d}"
                    .formatted(RecordedWorkflow.ORGANIZATION, i)
                    .getBytes(UTF_8))
            .toList();
    private static final Map<String, byte[]> GENUINE = TiledLog.served(ENTRIES, checkpoint(ENTRIES));

    private FuzzedLogs() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        var hostile = new Hostile(input);
        LogVerification verification;
        try {
            verification = new LogVerifier(
                            List.of(LogKey.current(SIGNER.verifierKey())), hostile.source(), new AuditEventRule(ORIGIN))
                    .verify(Optional.of(checkpoint(ENTRIES.subList(0, Tile.FULL + 1))), _ -> {});
        } catch (IOException unreadable) {
            Demanded.that("unplugged".equals(unreadable.getMessage()), "cannot be read: " + unreadable);
            return;
        }
        if (verification instanceof LogVerification.Refuted refuted) {
            Demanded.that(!refuted.reason().isBlank() && refuted.reason().length() < 400, "no good reason");
            // As the program tells it to other programs.
            Json.object(
                    "first",
                    refuted.entries().first(),
                    "last",
                    refuted.entries().last());
        }
        boolean genuine = hostile.resources.entrySet().stream()
                .allMatch(served -> Arrays.equals(served.getValue(), GENUINE.get(served.getKey())));
        Demanded.that(!(verification instanceof Verified) || genuine, "verified a changed log");
    }

    /** The genuine log with what a script does to it. */
    private static final class Hostile {
        private final byte[] script;
        private int at;
        final TreeMap<String, byte[]> resources = new TreeMap<>(GENUINE);
        private String unplugged = "";

        Hostile(byte[] script) {
            this.script = script;
            while (at < script.length) {
                change();
            }
        }

        private int next() {
            int read = at < script.length ? Byte.toUnsignedInt(script[at]) : 0;
            at++;
            return read;
        }

        private void change() {
            String path = List.copyOf(GENUINE.keySet()).get(next() % GENUINE.size());
            byte[] bytes = resources.getOrDefault(path, new byte[0]).clone();
            int place = bytes.length == 0 ? 0 : (next() << Byte.SIZE | next()) % bytes.length;
            switch (next() % 8) {
                case 0 -> resources.put(path, new byte[0]);
                case 1 -> resources.put(path, Arrays.copyOf(bytes, place));
                case 2 -> resources.put(path, Arrays.copyOf(bytes, bytes.length + next()));
                case 3 -> unplugged = path;
                case 4 ->
                    resources.put(
                            path, GENUINE.get(List.copyOf(GENUINE.keySet()).get(next() % GENUINE.size())));
                case 5 -> resources.put("checkpoint", claimed());
                default -> {
                    if (bytes.length > 0) {
                        bytes[place] = (byte) next();
                        resources.put(path, bytes);
                    }
                }
            }
        }

        /** Signed by the log itself, over as many entries as the script says. */
        private byte[] claimed() {
            long size = 0;
            for (int i = next() % 8; i >= 0; i--) {
                size = size << Byte.SIZE | next();
            }
            try {
                return new Checkpoint(ORIGIN, Math.abs(size) >> 4, MerkleHash.EMPTY)
                        .sign(SIGNER)
                        .encoded()
                        .getBytes(UTF_8);
            } catch (IllegalArgumentException tooLarge) {
                return new byte[0];
            }
        }

        LogSource source() {
            return path -> {
                if (path.equals(unplugged)) {
                    throw new IOException("unplugged");
                }
                return Optional.ofNullable(resources.get(path)).filter(bytes -> bytes.length > 0);
            };
        }
    }

    private static SignedNote checkpoint(List<byte[]> entries) {
        CompactRange range = TiledLog.range(entries);
        return new Checkpoint(ORIGIN, range.size(), range.root()).sign(SIGNER);
    }
}
