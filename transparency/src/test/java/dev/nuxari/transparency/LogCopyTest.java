package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim({"A4", "V1"})
class LogCopyTest {
    private static final List<byte[]> ENTRIES = ServedLog.entries(600);

    @TempDir
    private Path folder;

    @Test
    void copyVerifiesWithoutTheLog() throws IOException {
        archive(new ServedLog(ENTRIES));

        assertThat(verify(LogSource.of(folder), Optional.empty())).isInstanceOf(Verified.class);
    }

    @Test
    void onlyWhatIsNewIsReadTheNextTimeAndOldEdgesGo() throws IOException {
        archive(new ServedLog(ENTRIES.subList(0, 300)));
        List<String> asked = new ArrayList<>();
        ServedLog grown = new ServedLog(ENTRIES);

        LogCopy copy = new LogCopy(
                path -> {
                    asked.add(path);
                    return grown.read(path);
                },
                folder);
        complete(copy);

        assertThat(asked).contains("tile/entries/001").doesNotContain("tile/entries/000", "tile/0/000");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(grown.resources.keySet());
        }
    }

    @Test
    void nothingOfARefutedLogStays() throws IOException {
        ServedLog forged = new ServedLog(ENTRIES);
        byte[] changed = forged.read("tile/0/001").orElseThrow().clone();
        changed[0] ^= 1;
        forged.resources.put("tile/0/001", changed);
        LogCopy copy = new LogCopy(forged, folder);

        assertThat(verify(copy, copy.checkpoint())).isInstanceOf(Refuted.class);
        copy.discard();

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        archive(new ServedLog(ENTRIES));
    }

    @Test
    void copyThatWasChangedIsToldFromTheLog() throws IOException {
        ServedLog log = new ServedLog(ENTRIES);
        archive(log);
        byte[] changed = Files.readAllBytes(folder.resolve("tile/entries/000"));
        changed[5] ^= 1;
        Files.write(folder.resolve("tile/entries/000"), changed);
        LogCopy copy = new LogCopy(log, folder);

        LogVerification found = verify(copy, copy.checkpoint());

        assertThat(found)
                .isInstanceOfSatisfying(
                        Refuted.class,
                        refuted -> assertThat(copy.had("tile/entries/000"))
                                .as(refuted.resource())
                                .isTrue());
    }

    @Test
    void logThatWasRewrittenContradictsTheCopy() throws IOException {
        archive(new ServedLog(ENTRIES.subList(0, 300)));
        List<byte[]> rewritten = new ArrayList<>(ENTRIES);
        rewritten.set(299, new byte[] {1});
        LogCopy copy = new LogCopy(new ServedLog(rewritten), folder);

        assertThat(verify(copy, copy.checkpoint())).isInstanceOf(Refuted.class);
    }

    private void archive(ServedLog log) throws IOException {
        complete(new LogCopy(log, folder));
    }

    private static void complete(LogCopy copy) throws IOException {
        assertThat(verify(copy, copy.checkpoint())).isInstanceOf(Verified.class);
        copy.complete(
                SignedNote.parse(new String(copy.read(LogSource.CHECKPOINT).orElseThrow(), UTF_8)));
    }

    private static LogVerification verify(LogSource log, Optional<SignedNote> since) throws IOException {
        return new LogVerifier(List.of(LogKey.current(ServedLog.SIGNER.verifierKey())), log, EntryRule.none())
                .verify(since, size -> {});
    }
}
