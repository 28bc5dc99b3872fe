package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import dev.nuxari.transparency.LogVerification.Verified;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim({"A4", "V1"})
class LogVerifierTest {
    /** Two levels of tiles, the upper one full, and something at the right edge of each. */
    private static final int LARGE = 256 * 257 + 3;

    private static final List<byte[]> ENTRIES = ServedLog.entries(600);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 600, LARGE})
    void soundLogIsVerifiedWholly(int size) throws IOException {
        AtomicLong seen = new AtomicLong();
        List<byte[]> entries = ServedLog.entries(size);
        LogVerification verification = verifier(new ServedLog(entries)).verify(Optional.empty(), seen::set);

        assertThat(verification).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.head().size()).isEqualTo(size);
            assertThat(verified.checkpoint()).isEqualTo(ServedLog.checkpoint(entries));
            assertThat(seen).hasValue(size);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 300, 512, 599, 600})
    void logThatHasGrownSinceIsVerified(int before) throws IOException {
        SignedNote remembered = ServedLog.checkpoint(ENTRIES.subList(0, before));

        assertThat(verify(new ServedLog(ENTRIES), Optional.of(remembered)))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.since())
                                .hasValueSatisfying(
                                        since -> assertThat(since.size()).isEqualTo(before)));
    }

    @Test
    void everyChangedByteOfEveryResourceIsFound() throws IOException {
        ServedLog log = new ServedLog(ENTRIES);
        for (String path : List.copyOf(log.resources.keySet())) {
            byte[] sound = log.read(path).orElseThrow();
            for (int at = 0; at < sound.length; at += Math.max(1, sound.length / 31)) {
                byte[] changed = sound.clone();
                changed[at] ^= 0x04;
                log.resources.put(path, changed);
                assertThat(verify(log)).as("%s, byte %d", path, at).isInstanceOf(Refuted.class);
            }
            log.resources.put(path, sound);
        }
        assertThat(verify(log)).isInstanceOf(Verified.class);
    }

    @Test
    void resourceThatIsMissingShorterOrLongerIsFound() throws IOException {
        ServedLog log = new ServedLog(ENTRIES);
        for (String path : List.copyOf(log.resources.keySet())) {
            byte[] sound = log.read(path).orElseThrow();
            log.resources.remove(path);
            assertThat(refuted(log).resource()).isEqualTo(path);
            log.resources.put(path, Arrays.copyOf(sound, sound.length - 1));
            assertThat(refuted(log).resource()).isEqualTo(path);
            log.resources.put(path, Arrays.copyOf(sound, sound.length + 40));
            assertThat(refuted(log).resource()).isEqualTo(path);
            log.resources.put(path, sound);
        }
    }

    @Test
    void changedEntryIsNamed() throws IOException {
        List<byte[]> changed = new ArrayList<>(ENTRIES);
        changed.set(300, "other 300".getBytes(UTF_8));
        ServedLog log = new ServedLog(ENTRIES);
        log.resources.put("tile/entries/001", new EntryBundle(changed.subList(256, 512)).encoded());

        assertThat(refuted(log))
                .isEqualTo(
                        new Refuted("has another hash than the entries below it", "tile/0/001", new Stretch(300, 300)));
    }

    @Test
    void logThatWasRewrittenConsistentlyContradictsWhatWasRemembered() throws IOException {
        List<byte[]> rewritten = new ArrayList<>(ENTRIES);
        rewritten.remove(100);
        SignedNote remembered = ServedLog.checkpoint(ENTRIES.subList(0, 200));

        assertThat(verify(new ServedLog(rewritten))).isInstanceOf(Verified.class);
        assertThat(verify(new ServedLog(rewritten), Optional.of(remembered)))
                .isEqualTo(new Refuted(
                        "does not begin with the entries of the remembered one", "checkpoint", new Stretch(0, 199)));
    }

    @Test
    void logThatWasCutContradictsWhatWasRemembered() throws IOException {
        assertThat(verify(new ServedLog(ENTRIES.subList(0, 500)), Optional.of(ServedLog.checkpoint(ENTRIES))))
                .isEqualTo(
                        new Refuted("is of 500 entries, the log had 600 before", "checkpoint", new Stretch(500, 599)));
    }

    @Test
    void signatureOverOtherEntriesIsFound() throws IOException {
        ServedLog log = new ServedLog(ENTRIES);
        List<byte[]> others = new ArrayList<>(ENTRIES);
        others.set(599, new byte[] {1});
        log.sign(others.stream().map(MerkleHash::leaf).toList());

        assertThat(refuted(log).entries()).isEqualTo(new Stretch(0, 599));
    }

    @Test
    void keyOfAnotherNameOrAnotherLogIsNotBelieved() throws IOException {
        VerifierKey own = ServedLog.SIGNER.verifierKey();
        VerifierKey other = new VerifierKey(own.name(), new Ed25519PrivateKey(new byte[32]).publicKey());
        ServedLog log = new ServedLog(ENTRIES);

        assertThat(verify(log, LogKey.current(other))).isInstanceOf(Refuted.class);
        assertThat(verify(log, LogKey.current(other), LogKey.current(own))).isInstanceOf(Verified.class);
        assertThat(verify(log, LogKey.current(new VerifierKey("else", own.publicKey()))))
                .isInstanceOf(Refuted.class);
    }

    @Test
    void keyThatWasReplacedSignsNoLargerTree() throws IOException {
        VerifierKey own = ServedLog.SIGNER.verifierKey();
        ServedLog log = new ServedLog(ENTRIES);

        assertThat(verify(log, new LogKey(own, ENTRIES.size()))).isInstanceOf(Verified.class);
        assertThat(verify(log, new LogKey(own, ENTRIES.size() - 1)))
                .isEqualTo(new Refuted(
                        "is not signed by the log: the key %s was replaced when the log had %d entries; this is signed over %d"
                                .formatted(own.keyId(), ENTRIES.size() - 1, ENTRIES.size()),
                        "checkpoint",
                        Stretch.none()));
    }

    private static LogVerification verify(LogSource log, LogKey... keys) throws IOException {
        return new LogVerifier(List.of(keys), log, EntryRule.none()).verify(Optional.empty(), size -> {});
    }

    @Test
    void entryThatBreaksTheRuleIsNamed() throws IOException {
        EntryRule rule = (index, entry) -> index == 511 ? Optional.of("is forbidden") : Optional.empty();

        assertThat(new LogVerifier(
                                List.of(LogKey.current(ServedLog.SIGNER.verifierKey())), new ServedLog(ENTRIES), rule)
                        .verify(Optional.empty(), size -> {}))
                .isEqualTo(new Refuted("is forbidden", "tile/entries/001", new Stretch(511, 511)));
    }

    @Test
    void whatCannotBeReadSaysNothingAboutTheLog() {
        ServedLog log = new ServedLog(ENTRIES);
        LogSource broken = path -> {
            if (path.equals("tile/entries/001")) {
                throw new IOException("unplugged");
            }
            return log.read(path);
        };

        assertThatThrownBy(() -> verify(broken, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
    }

    @Test
    void folderIsReadAsALogIs(@TempDir Path folder) throws IOException {
        for (var resource : new ServedLog(ENTRIES).resources.entrySet()) {
            Path file = folder.resolve(resource.getKey());
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, resource.getValue());
        }

        assertThat(verify(LogSource.of(folder), Optional.empty())).isInstanceOf(Verified.class);
        Files.delete(folder.resolve("tile/1/000.p/2"));
        assertThat(verify(LogSource.of(folder), Optional.empty())).isInstanceOf(Refuted.class);
    }

    @Test
    void resourceLargerThanAnyPartOfALogIsNotReadToItsEnd(@TempDir Path folder) throws IOException {
        for (var resource : new ServedLog(ENTRIES).resources.entrySet()) {
            Path file = folder.resolve(resource.getKey());
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, resource.getValue());
        }
        for (String path : List.of("tile/entries/001", "tile/0/001", "checkpoint")) {
            byte[] sound = Files.readAllBytes(folder.resolve(path));
            try (var file = new RandomAccessFile(folder.resolve(path).toFile(), "rw")) {
                file.setLength(1L << 32);
            }
            assertThat(LogSource.of(folder).read(path).orElseThrow()).hasSize(LogSource.LARGEST_RESOURCE + 1);
            assertThat(refuted(LogSource.of(folder)).resource()).isEqualTo(path);
            Files.write(folder.resolve(path), sound);
        }
    }

    @Test
    void whatIsNoFileIsNotRead(@TempDir Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve("checkpoint"), Path.of("/dev/zero"));
        Files.createDirectory(folder.resolve("tile"));

        assertThatThrownBy(() -> LogSource.of(folder).read("checkpoint")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LogSource.of(folder).read("tile")).isInstanceOf(IOException.class);
    }

    private static LogVerifier verifier(LogSource log) {
        return new LogVerifier(List.of(LogKey.current(ServedLog.SIGNER.verifierKey())), log, EntryRule.none());
    }

    private static LogVerification verify(LogSource log) throws IOException {
        return verify(log, Optional.empty());
    }

    private static LogVerification verify(LogSource log, Optional<SignedNote> since) throws IOException {
        return verifier(log).verify(since, size -> {});
    }

    private static Refuted refuted(LogSource log) throws IOException {
        LogVerification verification = verify(log);
        assertThat(verification).isInstanceOf(Refuted.class);
        return (Refuted) verification;
    }
}
