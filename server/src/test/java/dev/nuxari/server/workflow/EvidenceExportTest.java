package dev.nuxari.server.workflow;

import static dev.nuxari.server.workflow.WorkflowFixtures.approve;
import static dev.nuxari.server.workflow.WorkflowFixtures.submission;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.EvidenceVerifier;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.audit.LogKeyRotations;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.evidence.EvidenceExports;
import dev.nuxari.server.evidence.ExportFormat;
import dev.nuxari.server.keys.KeyName;
import dev.nuxari.server.keys.OrganizationKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.workflow.Workflows.Submitted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** What an auditor takes away, in the formats that tools of others read. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "nuxari.workflow.max-attempts=3",
            "nuxari.workflow.first-delay=20ms",
            "nuxari.timers.polling-interval=50ms"
        })
@Import(WorkflowTest.GovernedSystem.class)
class EvidenceExportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of the release that the README beside the file names. */
    private static final String OSCAL_SCHEMA = "4f9e277a177adbcca9527612ce450a33dc6096773fa229d413d801d196c61985";

    @Autowired
    Workflows workflows;

    @Autowired
    Approvals approvals;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    EvidenceExports exports;

    @Autowired
    LogKeys keys;

    @Autowired
    LogKeyRotations rotations;

    @Autowired
    OrganizationKeys organizationKeys;

    @TempDir
    private Path directory;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        WorkflowFixtures.knownSystem(organization.id());
    }

    private record Answer(int exitCode, String output) {}

    @Test
    @Claim({"V1", "V4"})
    void sigstoresOwnVerifierAcceptsTheBundleAndRefusesEveryChangedByte() throws Exception {
        UUID id = completed();
        Path file = write("package.json", id, ExportFormat.JSON);
        Path bundle = write("bundle.json", id, ExportFormat.SIGSTORE);
        Path root = write("root.json", id, ExportFormat.SIGSTORE_TRUSTED_ROOT);
        Path key = write("key.pem", id, ExportFormat.SIGSTORE_PUBLIC_KEY);
        Path verifier = installed();

        Answer answer = run(
                verifier,
                List.of("node", "verify.mjs", file.toString(), bundle.toString(), root.toString(), key.toString()));

        assertThat(answer.output()).startsWith("accepted\n").doesNotContain("although");
        assertThat(answer.exitCode()).isZero();
        assertThat(exported(id, ExportFormat.SIGSTORE)).isEqualTo(Files.readAllBytes(bundle));
    }

    /** With the trusted root of now: a bundle from before the log key was replaced, one from after, and a late one of an old package. */
    @Test
    @Claim({"V1", "V4"})
    void sigstoresOwnVerifierAcceptsBundlesFromBeforeAndAfterARotation() throws Exception {
        UUID before = completed();
        UUID late = completed();
        byte[] early = exported(before, ExportFormat.SIGSTORE);
        KeyManifest older = keys.manifest(organization.id(), caller(Role.AUDITOR));
        rotations.rotate(organization.id(), caller(Role.OWNER), 1, "once a year");
        UUID after = completed();
        KeyManifest newer = keys.manifest(organization.id(), caller(Role.AUDITOR));

        assertThat(exported(before, ExportFormat.SIGSTORE)).isEqualTo(early);
        Path root = write("root.json", before, ExportFormat.SIGSTORE_TRUSTED_ROOT);
        Path key = write("key.pem", before, ExportFormat.SIGSTORE_PUBLIC_KEY);
        Path verifier = installed();
        for (UUID id : List.of(before, late, after)) {
            Path file = write("package.json", id, ExportFormat.JSON);
            Path bundle = write("bundle.json", id, ExportFormat.SIGSTORE);
            List<String> words = List.of(file.toString(), bundle.toString(), root.toString(), key.toString());
            assertThat(run(
                                    verifier,
                                    Stream.of(List.of("node", "verify.mjs"), words, List.of("--genuine"))
                                            .flatMap(List::stream)
                                            .toList())
                            .output())
                    .isEqualTo("accepted\n");
        }
        assertThat(verified(before, older)).isTrue();
        assertThat(verified(before, newer)).isTrue();
        assertThat(verified(after, newer)).isTrue();
        assertThat(verified(after, older)).isFalse();
    }

    private boolean verified(UUID id, KeyManifest root) {
        return EvidenceVerifier.verify(exported(id, ExportFormat.JSON), Optional.of(root))
                instanceof EvidenceVerification.Verified;
    }

    @Test
    void resultsAreValidOscal() throws Exception {
        String results = new String(exported(completed(), ExportFormat.OSCAL), UTF_8);

        assertThat(oscal().validate(results, InputFormat.JSON)).isEmpty();
        assertThat(oscal().validate(results.replace("satisfied", "fine"), InputFormat.JSON))
                .isNotEmpty();
        Json.Obj result = Json.parseObject(results)
                .object("assessment-results")
                .objects("results")
                .getFirst();
        assertThat(result.objects("findings"))
                .hasSize(5)
                .allMatch(finding -> finding.object("target")
                        .object("status")
                        .string("state")
                        .equals("satisfied"));
        assertThat(result.objects("observations")).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    @Claim({"A1", "V4"})
    void packageOfARejectedWorkflowVerifiesToo() {
        Submitted submitted = submit();
        approvals.decide(
                organization.id(),
                caller(Role.APPROVER),
                submitted.approval(),
                new Approvals.Word(Verdict.REJECT, "not needed", submitted.planHash()));

        verifies(sealed(submitted), "rejected");
    }

    @Test
    @Claim({"A1", "V4"})
    void packageOfACancelledWorkflowVerifiesToo() {
        Submitted submitted = submit();
        workflows.cancel(organization.id(), caller(Role.REQUESTER), submitted.workflow());

        verifies(sealed(submitted), "cancelled");
    }

    /** Of an organization from before there were exports, only the first keys are there. */
    @Test
    void keysThatAreMissingAreMadeWhenTheyAreFirstAskedFor() {
        organizationKeys.key(organization.id(), caller(Role.AUDITOR), KeyName.LOG);
        assertThat(names()).containsExactly("log");

        keys.manifest(organization.id(), caller(Role.AUDITOR));

        assertThat(names()).containsExactlyInAnyOrder("log", "action", "archive", "export");
    }

    private void verifies(UUID id, String outcome) {
        byte[] file = exported(id, ExportFormat.JSON);

        assertThat(EvidenceVerifier.verify(file, Optional.of(keys.manifest(organization.id(), caller(Role.AUDITOR)))))
                .isInstanceOf(EvidenceVerification.Verified.class);
        assertThat(Json.parseObject(new String(file, UTF_8)).string("outcome")).isEqualTo(outcome);
    }

    private List<String> names() {
        return TestDatabase.beyondTheWalls()
                .sql("SELECT name FROM signing_key WHERE organization_id = ?")
                .param(organization.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private static Schema oscal() throws IOException {
        try (InputStream schema =
                requireNonNull(EvidenceExportTest.class.getResourceAsStream("/oscal/assessment-results-schema.json"))) {
            byte[] published = schema.readAllBytes();
            assertThat(Sha256.hexOf(published))
                    .as("the schema that was taken over")
                    .isEqualTo(OSCAL_SCHEMA);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(published, UTF_8), InputFormat.JSON);
        }
    }

    private UUID completed() {
        Submitted submitted = submit();
        approvals.decide(organization.id(), caller(Role.APPROVER), submitted.approval(), approve(submitted.planHash()));
        return sealed(submitted);
    }

    private Submitted submit() {
        Caller requester = caller(Role.REQUESTER);
        return workflows.submit(organization.id(), requester, submission(requester, 1));
    }

    private UUID sealed(Submitted submitted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            Optional<UUID> sealed = workflows
                    .find(organization.id(), caller(Role.ADMIN), submitted.workflow())
                    .flatMap(dossier -> dossier.workflow().evidencePackage());
            if (sealed.isPresent()) {
                return sealed.get();
            }
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private Caller caller(Role role) {
        return organization.caller(doorkeeper, role);
    }

    private byte[] exported(UUID id, ExportFormat format) {
        return exports.export(organization.id(), caller(Role.AUDITOR), id, format)
                .orElseThrow();
    }

    private Path write(String name, UUID id, ExportFormat format) throws IOException {
        return Files.write(directory.resolve(name), exported(id, format)).toAbsolutePath();
    }

    /** Sigstore's library as npm has it, by the lock file. */
    private Path installed() throws IOException, InterruptedException {
        Path source = Path.of("..", "e2e", "sigstore");
        Path target = Files.createDirectories(Path.of("target", "sigstore"));
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "verify.mjs")) {
            Files.write(target.resolve(name), Files.readAllBytes(source.resolve(name)));
        }
        Answer installation = run(target, List.of("npm", "ci", "--ignore-scripts", "--prefer-offline"));
        assertThat(installation.exitCode()).as(installation.output()).isZero();
        return target;
    }

    private static Answer run(Path where, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), output);
    }
}
