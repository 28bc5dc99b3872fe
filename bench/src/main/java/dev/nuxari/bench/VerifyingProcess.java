package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.EntryBundle;
import dev.nuxari.transparency.EntryRule;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerifier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One log verified and hashed in turns, in a JVM of its own: it says how long both took. */
final class VerifyingProcess {
    private static final int ROUNDS = 5;
    private static final PrintStream OUT = System.out;

    private VerifyingProcess() {}

    public static void main(String[] folder) throws IOException {
        Path log = Path.of(folder[0]);
        List<Double> verifying = new ArrayList<>();
        List<Double> hashing = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            long began = System.nanoTime();
            hash(log);
            long between = System.nanoTime();
            verify(log);
            long ended = System.nanoTime();
            if (round > 0) {
                hashing.add((between - began) / 1e9);
                verifying.add((ended - between) / 1e9);
            }
        }
        OUT.println(Json.object(
                        "verifyingSeconds", Load.rounded(median(verifying)),
                        "hashingSeconds", Load.rounded(median(hashing)),
                        "ratio", Load.rounded(median(verifying) / median(hashing)),
                        "heapMiB", Runtime.getRuntime().maxMemory() >> 20)
                .canonical());
    }

    private static void verify(Path log) throws IOException {
        LogVerification verification = new LogVerifier(
                        List.of(LogKey.current(HowFastIsALogVerified.signer().verifierKey())),
                        LogSource.of(log),
                        EntryRule.none())
                .verify(Optional.empty(), _ -> {});
        if (!(verification instanceof LogVerification.Verified)) {
            throw new IllegalStateException("the log is refuted: " + verification);
        }
    }

    /** Every entry by itself, as its leaf is, in one thread. */
    private static void hash(Path log) throws IOException {
        try (Stream<Path> bundles = Files.walk(log.resolve("tile/entries"))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path bundle : (Iterable<Path>) bundles.filter(Files::isRegularFile)::iterator) {
                EntryBundle.parse(Files.readAllBytes(bundle)).entries().forEach(digest::digest);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform implements SHA-256", e);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
