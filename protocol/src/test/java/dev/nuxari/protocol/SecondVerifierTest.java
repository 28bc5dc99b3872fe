package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier in another language comes to the same conclusions; it was written from the description of the format. */
@Claim("V4")
class SecondVerifierTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final Path VERIFIER = Path.of("..", "e2e", "verifier", "verify.mjs");

    private final RecordedWorkflow genuine = RecordedWorkflow.completed();

    @TempDir
    private Path directory;

    private record Answer(int exitCode, String output) {}

    @Test
    void verifiesWhatTheFirstVerifies() throws Exception {
        Answer answer = verify(NOTARY.packaged(genuine), NOTARY.manifest());

        assertThat(answer.output())
                .contains("passed   signatures", "passed   trusted-root")
                .endsWith("verified\n");
        assertThat(answer.exitCode()).isZero();
        for (RecordedWorkflow other : List.of(RecordedWorkflow.rejected(), RecordedWorkflow.retried())) {
            assertThat(verify(NOTARY.packaged(other), NOTARY.manifest()).exitCode())
                    .isZero();
        }
    }

    @Test
    void refutesOneChangedByte() throws Exception {
        byte[] tampered = NOTARY.packaged(genuine);
        int offset = new String(tampered, ISO_8859_1).indexOf("cn=ledger");
        tampered[offset] ^= 1;

        Answer answer = verify(tampered, NOTARY.manifest());

        assertThat(answer.output())
                .contains("refuted  record-hashes", "refuted  signatures")
                .endsWith("refuted\n");
        assertThat(answer.exitCode()).isEqualTo(1);
    }

    @Test
    void refutesForgeriesSignedWithTheRealKeys() throws Exception {
        Obj file = Json.parseObject(new String(NOTARY.packaged(genuine), UTF_8));

        assertThat(verify(
                                NOTARY.packaged(genuine.changeDecision(
                                        2, decision -> decision.with("member", RecordedWorkflow.REQUESTER))),
                                NOTARY.manifest())
                        .output())
                .contains("refuted  decisions");
        assertThat(verify(
                                NOTARY.packaged(genuine.change(
                                        EvidenceRecord.Type.APPROVAL,
                                        approval -> approval.with("decisions", List.of()))),
                                NOTARY.manifest())
                        .output())
                .contains("refuted  quorum");
        assertThat(verify(NOTARY.packaged(genuine.without(EvidenceRecord.Type.VALIDATION_RESULT)), NOTARY.manifest())
                        .output())
                .contains("refuted  completeness");
        assertThat(verify(file.without("log").canonicalBytes(), NOTARY.manifest())
                        .output())
                .contains("refuted  inclusion-proof");
    }

    @Test
    void refutesKeysThatTheTrustedRootDoesNotHave() throws Exception {
        Notary impostor = new Notary(RecordedWorkflow.ORGANIZATION);

        assertThat(verify(impostor.packaged(genuine), NOTARY.manifest()).output())
                .contains("passed   signatures", "refuted  trusted-root");
    }

    @Test
    void knowsRetiredKeysAndWhereTheirWordEnds() throws Exception {
        byte[] sealed = NOTARY.packaged(genuine);
        Instant sealedAt = genuine.header().sealedAt();
        Notary second = NOTARY.rotated(sealedAt, Notary.LOG_SIZE);
        Notary third = second.rotated(sealedAt.plusSeconds(1), 70);

        assertThat(verify(sealed, second.manifest()).output()).endsWith("verified\n");
        assertThat(verify(sealed, third.manifest()).output()).endsWith("verified\n");
        Notary newer = NOTARY.rotated(RecordedWorkflow.START, 3);
        assertThat(verify(newer.packaged(genuine), newer.manifest()).output()).endsWith("verified\n");
        assertThat(verify(newer.packaged(genuine), NOTARY.manifest()).output())
                .contains("passed   signatures", "refuted  trusted-root");
        assertThat(verify(
                                sealed,
                                NOTARY.rotated(sealedAt.minusMillis(1), Notary.LOG_SIZE)
                                        .manifest())
                        .output())
                .contains("refuted  trusted-root: the package was sealed after its log key was retired");
        assertThat(verify(sealed, NOTARY.rotated(sealedAt, Notary.LOG_SIZE - 1).manifest())
                        .output())
                .contains("refuted  trusted-root: the key had been replaced before the log was so large");
    }

    @Test
    void followsTheChainOfManifests() throws Exception {
        Notary second = NOTARY.rotated(RecordedWorkflow.START, 3);
        Notary third = second.rotated(RecordedWorkflow.START.plusSeconds(1), 9);
        Notary fork = NOTARY.rotated(RecordedWorkflow.START, 3);

        assertThat(follow(NOTARY, second, third).output()).endsWith("version 3 follows\n");
        assertThat(follow(NOTARY, third).output()).contains("refuted: version 3 is not the next one");
        assertThat(follow(fork, third).output()).contains("refuted: version 3 names another predecessor");
        assertThat(follow(NOTARY, new Notary(RecordedWorkflow.ORGANIZATION).rotated(RecordedWorkflow.START, 3))
                        .exitCode())
                .isEqualTo(1);
    }

    private Answer follow(Notary... notaries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", VERIFIER.toString(), "--follow"));
        for (Notary notary : notaries) {
            Path file = directory.resolve("keys-" + command.size() + ".json");
            command.add(
                    Files.write(file, notary.manifest().json().canonicalBytes()).toString());
        }
        return run(command);
    }

    private Answer verify(byte[] file, KeyManifest root) throws IOException, InterruptedException {
        Path packaged = Files.write(directory.resolve("package.json"), file);
        Path manifest = Files.write(directory.resolve("root.json"), root.json().canonicalBytes());
        return run(List.of("node", VERIFIER.toString(), packaged.toString(), "--trusted-root", manifest.toString()));
    }

    private Answer run(List<String> command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), Files.readString(output));
    }
}
