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

/** The steps that the descriptions of the formats give for verifying by hand are run as they stand there. */
@Claim("V4")
class DocumentedStepsTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final Path FORMATS = Path.of("..", "docs", "formats");

    private static final EvidenceSelector PERIOD = CollectedLog.selector(new EvidenceSelector.Anything());
    private static final EvidenceSelector ADA =
            CollectedLog.selector(new EvidenceSelector.Account(CollectedLog.CONNECTOR + "/ada"));

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
    void acceptAGenuineCollection() throws Exception {
        CollectedLog log = new CollectedLog(NOTARY);

        Answer everything = follow("evidence-collection.md", "collection.jsonl", log.collected(PERIOD, 4, 16));
        assertThat(everything.output())
                .contains("canonical form: ok", "Signature Verified Successfully", "range: ok", "period: ok")
                .contains("packages: ok")
                .doesNotContain("WRONG");
        assertThat(everything.exitCode()).isZero();
        assertThat(directory.resolve("package-9.json")).hasBinaryContent(log.packaged(9));

        Answer ofAda = follow("evidence-collection.md", "collection.jsonl", log.collected(ADA, 4, 16));
        assertThat(ofAda.output()).contains("packages: ok").doesNotContain("WRONG");
    }

    @Test
    void stopAtACollectionThatLacksSomething() throws Exception {
        CollectedLog log = new CollectedLog(NOTARY);
        byte[] withoutAPackage = log.collected(PERIOD, 4, 16, (writer, index) -> writer.entry(log.event(index)));
        byte[] withoutThePlan = log.collected(ADA, 4, 16, (writer, index) -> {
            if (index == 6) {
                writer.sealingOther(log.event(6), log.plan(6));
            } else {
                log.honest(ADA, 4, 16).write(writer, index);
            }
        });
        byte[] another = log.collected(PERIOD, 4, 16, (writer, index) -> {
            if (index == 8) {
                writer.entry(log.event(8).with("action", "x.z"));
            } else {
                log.honest(PERIOD, 4, 16).write(writer, index);
            }
        });

        assertThat(follow("evidence-collection.md", "collection.jsonl", withoutAPackage)
                                .output()
                        + follow("evidence-collection.md", "collection.jsonl", withoutThePlan)
                                .output())
                .containsSubsequence("range: ok", "packages: WRONG", "range: ok", "packages: WRONG");
        assertThat(follow("evidence-collection.md", "collection.jsonl", another).output())
                .contains("range: WRONG");
        assertThat(follow("evidence-collection.md", "collection.jsonl", log.collected(PERIOD, 4, 17))
                        .output())
                .contains("period: WRONG");
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
        return follow("evidence-package.md", "package.json", file);
    }

    private Answer follow(String format, String name, byte[] file) throws IOException, InterruptedException {
        Files.write(directory.resolve(name), file);
        return steps(format);
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
