package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that the description of the format gives for verifying by hand are run as they stand there. */
@Claim("V4")
class DocumentedStepsTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final Path FORMATS = Path.of("..", "docs", "formats");

    @TempDir
    private Path directory;

    private record Answer(int exitCode, String output) {}

    @Test
    void acceptAGenuinePackage() throws Exception {
        Answer answer = follow(NOTARY.packaged(RecordedWorkflow.completed()));

        assertThat(answer.output())
                .contains("canonical form: ok", "Merkle root: ok", "sealing event: ok", "inclusion: ok");
        assertThat(answer.output()).doesNotContain("WRONG");
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void stopAtATamperedOne() throws Exception {
        byte[] tampered = NOTARY.packaged(RecordedWorkflow.completed());
        tampered[new String(tampered, ISO_8859_1).indexOf("Fits the job")] = 'f';

        Answer answer = follow(tampered);

        assertThat(answer.output()).contains("FAILED");
        assertThat(answer.exitCode()).isNotZero();
    }

    @Test
    void leadFromOneManifestToTheNext() throws Exception {
        Notary second = NOTARY.rotated(RecordedWorkflow.START.plusSeconds(60), 40);
        Notary third = second.rotated(RecordedWorkflow.START.plusSeconds(120), 70);

        for (Answer answer : List.of(follow(NOTARY, second), follow(second, third))) {
            assertThat(answer.output())
                    .contains("version: ok", "hash: ok", "retired: ok", "keys: ok")
                    .doesNotContain("WRONG")
                    .containsPattern("(?s)Verified Successfully.*Verified Successfully");
            assertThat(answer.exitCode()).isZero();
        }
        Notary fork = NOTARY.rotated(RecordedWorkflow.START.plusSeconds(60), 40);
        assertThat(follow(fork, third).output()).contains("hash: WRONG", "retired: WRONG", "Verification Failure");
    }

    private Answer follow(Notary before, Notary next) throws IOException, InterruptedException {
        Files.write(directory.resolve("old.json"), before.manifest().json().canonicalBytes());
        Files.write(directory.resolve("new.json"), next.manifest().json().canonicalBytes());
        return steps("key-manifest.md");
    }

    private Answer follow(byte[] file) throws IOException, InterruptedException {
        Files.write(directory.resolve("package.json"), file);
        return steps("evidence-package.md");
    }

    private Answer steps(String page) throws IOException, InterruptedException {
        String description = Files.readString(FORMATS.resolve(page));
        int begin = description.indexOf("```sh\n") + "```sh\n".length();
        Files.writeString(
                directory.resolve("steps"), description.substring(begin, description.indexOf("\n```", begin) + 1));
        // The build needs neither of them; where one is missing there is nobody to follow the steps.
        assumeTrue(run("sh", "-c", "command -v openssl python3 sha256sum").exitCode() == 0);
        return run("sh", "steps");
    }

    private Answer run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), Files.readString(output));
    }
}
