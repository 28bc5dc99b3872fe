package dev.nuxari.agent.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.evidence.EvidenceVault.Entry;
import dev.nuxari.agent.evidence.EvidenceVault.Kept;
import dev.nuxari.agent.evidence.EvidenceVault.Limits;
import dev.nuxari.agent.evidence.EvidenceVault.Opened;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E5")
class EvidenceVaultTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final Limits WIDE = new Limits(Duration.ofDays(90), 1L << 20, 0);
    private static final SortedMap<String, byte[]> READ =
            new TreeMap<>(Map.of("/etc/passwd", "a secret line\n".getBytes(UTF_8), "/etc/raw", new byte[] {-1, 0, 27}));

    private final Json.Obj stored = EvidenceKey.generate(new SecureRandom());
    private final EvidenceKey key = EvidenceKey.parse(stored, new SecureRandom());

    @TempDir
    private Path home;

    private EvidenceVault vault(Limits limits) {
        return new EvidenceVault(home.resolve("evidence"), key, limits);
    }

    private static SortedMap<String, byte[]> random(int length) {
        byte[] content = new byte[length];
        new SecureRandom().nextBytes(content);
        return new TreeMap<>(Map.of("/etc/random", content));
    }

    private Path file(Kept kept) {
        return home.resolve("evidence").resolve(kept.digest());
    }

    @Test
    void whatWasReadComesBackWithItsDigest() throws IOException {
        Kept kept = vault(WIDE).keep("linux-access", READ, NOW);

        assertThat(kept.kept()).isTrue();
        assertThat(kept.files()).isEqualTo(2);
        Opened.Same same = (Opened.Same) vault(WIDE).open(kept.digest());
        assertThat(same.source()).isEqualTo("linux-access");
        assertThat(same.text()).contains("file 14 /etc/passwd\na secret line\n\n");
        assertThat(Sha256.hexOf(same.text().getBytes(ISO_8859_1))).isEqualTo(kept.digest());
    }

    @Test
    void nothingOfItIsOnTheDiskInTheClear() throws IOException {
        Kept kept = vault(WIDE).keep("linux-access", READ, NOW);

        String sealed = new String(Files.readAllBytes(file(kept)), ISO_8859_1);
        assertThat(sealed).doesNotContain("secret", "passwd", stored.string("salt"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(kept))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("evidence"))))
                .isEqualTo("rwx------");
    }

    /** Else whoever has the digests would find out by guessing what a short file says. */
    @Test
    void twoHostsThatReadTheSameHaveDifferentDigests() {
        EvidenceKey other = EvidenceKey.parse(EvidenceKey.generate(new SecureRandom()), new SecureRandom());

        assertThat(new EvidenceVault(home.resolve("other"), other, WIDE)
                        .keep("linux-access", READ, NOW)
                        .digest())
                .isNotEqualTo(vault(WIDE).keep("linux-access", READ, NOW).digest());
    }

    @Test
    void sameContentIsKeptOnceAndSeenAgain() throws IOException {
        vault(WIDE).keep("linux-access", READ, NOW);
        vault(WIDE).keep("linux-access", READ, NOW.plusSeconds(3_600));

        List<Entry> entries = vault(WIDE).list();
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().first()).isEqualTo(NOW);
        assertThat(entries.getFirst().last()).isEqualTo(NOW.plusSeconds(3_600));
    }

    @Test
    void everyAlteredByteIsNoticed() throws IOException {
        Kept kept = vault(WIDE).keep("linux-access", READ, NOW);
        byte[] sealed = Files.readAllBytes(file(kept));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            Files.write(file(kept), altered);
            assertThat(vault(WIDE).open(kept.digest())).as("byte %d", i).isInstanceOf(Opened.Unreadable.class);
        }
    }

    @Test
    void fileUnderAnotherDigestIsNoticed() throws IOException {
        Kept one = vault(WIDE).keep("linux-access", READ, NOW);
        Kept other = vault(WIDE).keep("linux-access", random(10), NOW);
        Files.copy(file(other), file(one), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(vault(WIDE).open(one.digest())).isInstanceOf(Opened.Unreadable.class);
        assertThat(vault(WIDE).open("../key")).isEqualTo(new Opened.Missing());
        assertThat(vault(WIDE).open("0".repeat(64))).isEqualTo(new Opened.Missing());
    }

    @Test
    void oldestGoByAge() throws IOException {
        Kept old = vault(WIDE).keep("linux-access", READ, NOW);
        Kept young = vault(WIDE).keep("linux-access", random(10), NOW.plus(Duration.ofDays(91)));

        assertThat(vault(WIDE).list()).extracting(Entry::digest).containsExactly(young.digest());
        assertThat(file(old)).doesNotExist();
    }

    @Test
    void oldestGoBySize() throws IOException {
        Limits narrow = new Limits(Duration.ofDays(90), 25_000, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(vault(narrow)
                            .keep("linux-access", random(10_000), NOW.plusSeconds(i))
                            .kept())
                    .isTrue();
        }

        assertThat(vault(narrow).list())
                .extracting(Entry::first)
                .containsExactly(NOW.plusSeconds(3), NOW.plusSeconds(4));
        assertThat(vault(narrow).keep("linux-access", random(30_000), NOW).kept())
                .isFalse();
    }

    @Test
    void fullDiskIsLeftToOthersAndSaid() throws IOException {
        Kept before = vault(WIDE).keep("linux-access", READ, NOW);
        Kept kept = vault(new Limits(Duration.ofDays(90), 1L << 20, Long.MAX_VALUE / 2))
                .keep("linux-access", random(10), NOW.plusSeconds(1));

        assertThat(kept.kept()).isFalse();
        assertThat(kept.digest()).matches("[0-9a-f]{64}");
        assertThat(file(before)).as("room was made of the oldest").doesNotExist();
    }

    @Test
    void folderThatCannotBeWrittenIsSaidAndLeavesNothingHalf() throws IOException {
        Files.writeString(home.resolve("evidence"), "a file in its place");

        assertThat(vault(WIDE).keep("linux-access", READ, NOW).kept()).isFalse();
    }

    @Test
    void writeThatWasInterruptedIsNotListed() throws IOException {
        Kept kept = vault(WIDE).keep("linux-access", READ, NOW);
        Files.writeString(home.resolve("evidence").resolve("0".repeat(64) + ".new"), "half");

        assertThat(vault(WIDE).list()).extracting(Entry::digest).containsExactly(kept.digest());
        vault(WIDE).keep("linux-access", random(10), NOW);
        try (Stream<Path> files = Files.list(home.resolve("evidence"))) {
            assertThat(files).noneMatch(path -> path.toString().endsWith(".new"));
        }
    }
}
