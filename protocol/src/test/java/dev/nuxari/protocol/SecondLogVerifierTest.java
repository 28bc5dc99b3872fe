package dev.nuxari.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json.Obj;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verifier in another language reads whole logs too, and was written from the description of the format. */
@Claim({"A4", "V1", "V4"})
class SecondLogVerifierTest {
    private static final Path VERIFIER = Path.of("..", "e2e", "verifier", "verify-log.mjs");
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final int SIZE = 2 * 256 + 44;
    private static final ExportedLog LOG = new ExportedLog(NOTARY, SIZE);
    private static final List<byte[]> ENTRIES = IntStream.range(0, SIZE)
            .mapToObj(LOG::event)
            .map(Obj::canonicalBytes)
            .toList();
    private static final Map<String, byte[]> SERVED = TiledLog.served(ENTRIES, LOG.checkpoint(NOTARY.origin()));

    @TempDir
    private Path folder;

    private record Answer(int exitCode, String output) {}

    @BeforeEach
    void serve() throws IOException {
        for (Map.Entry<String, byte[]> resource : SERVED.entrySet()) {
            write(resource.getKey(), resource.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 255, 256, 257, 512})
    void verifiesLogsOfAnySize(int size) throws Exception {
        ExportedLog log = new ExportedLog(NOTARY, size);
        TiledLog.served(ENTRIES.subList(0, size), log.checkpoint(NOTARY.origin()))
                .forEach(this::write);

        Answer answer = verify(NOTARY.manifest());

        assertThat(answer.output())
                .isEqualTo("verified: %d entries of %s lead to the signed root\n".formatted(size, NOTARY.origin()));
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void refusesAChangedByteOfEveryResource() throws Exception {
        assertThat(verify(NOTARY.manifest()).exitCode()).isZero();
        for (Map.Entry<String, byte[]> resource : SERVED.entrySet()) {
            byte[] sound = resource.getValue();
            for (int place : new int[] {0, sound.length / 2, sound.length - 2}) {
                byte[] changed = sound.clone();
                changed[place] ^= 0x04;
                write(resource.getKey(), changed);
                Answer answer = verify(NOTARY.manifest());
                assertThat(answer.output())
                        .as(resource.getKey() + ", byte " + place)
                        .startsWith("refuted: ");
                assertThat(answer.exitCode()).isEqualTo(1);
            }
            write(resource.getKey(), Arrays.copyOf(sound, sound.length - 1));
            assertThat(verify(NOTARY.manifest()).exitCode())
                    .as(resource.getKey())
                    .isEqualTo(1);
            Files.delete(folder.resolve(resource.getKey()));
            assertThat(verify(NOTARY.manifest()).exitCode())
                    .as(resource.getKey())
                    .isEqualTo(1);
            write(resource.getKey(), sound);
        }
    }

    @Test
    void refusesKeysOfSomebodyElse() throws Exception {
        Answer answer = verify(new Notary(RecordedWorkflow.ORGANIZATION).manifest());

        assertThat(answer.output()).isEqualTo("refuted: signed with another key id\n");
    }

    private void write(String path, byte[] bytes) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer verify(KeyManifest root) throws IOException, InterruptedException {
        Path manifest = Files.write(folder.resolve("root.json"), root.json().canonicalBytes());
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        "node", VERIFIER.toString(), folder.toString(), "--trusted-root", manifest.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), Files.readString(output));
    }
}
