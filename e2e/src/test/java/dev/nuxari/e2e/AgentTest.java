package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's own program against the real stack: from its name to the receipt in a file of evidence. It speaks to a second node behind
 * TLS; people use the first one, so that orders come from the node at which the agent does not wait.
 */
@Claim({"E2", "E3", "E4", "A3"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Composed stack = Composed.stack();
    private final Wire owner = stack.wire("acme", "owner");

    @TempDir
    private static Path home = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private TlsFront front;

    @SuppressWarnings("NullAway.Init")
    private ServerUnderTest node;

    @SuppressWarnings("NullAway.Init")
    private AgentVendor vendor;

    @SuppressWarnings("NullAway.Init")
    private AgentAtHome agent;

    private Path file = Path.of("");
    private String id = "";

    @BeforeAll
    void enrolledAgent() throws IOException {
        Files.createDirectory(home.resolve("tls"));
        front = new TlsFront(home.resolve("tls"));
        node = stack.server().secondNodeBehind(front.url());
        node.start();
        front.leadTo(node.url().getPort());
        vendor = new AgentVendor(home.resolve("vendor"));
        agent = new AgentAtHome(home, vendor.agentPackage());
        file = Files.createFile(
                Files.createDirectory(home.resolve("app")).resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        agent.allow(Json.parseObject("""
                {"v": 1, "maximumPlanAgeDays": 30, "actions": [{"type": "agent.update", "limits": {}},
                    {"type": "file-mode.set", "limits": {"path": {"below": ["%s"]}, "mode": {"atMost": 488}}}]}
                """.formatted(file.getParent())).canonical());
        id = posted(owner, "/agents", Json.object("name", "db1")).string("id");
        // By that node, whose address the command has.
        Wire behind = new Wire(node.url(), owner.organization(), owner.token());
        Json.Obj issued = posted(behind, "/agents/" + id + "/enrolment-tokens", Json.object());
        Program.Ended enrolled = agent.enroll(issued.string("command"), front.authorities());
        assertThat(enrolled.code()).as(enrolled.out() + enrolled.notes()).isZero();
        agent.run();
    }

    @AfterAll
    void endProcesses() throws IOException, InterruptedException {
        agent.close();
        front.close();
        node.close();
    }

    @BeforeEach
    void closedFile() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @Claim({"V1", "V4"})
    void whatWasApprovedIsDoneOnTheHostAndProven() throws IOException {
        Json.Obj ordered = granted(416);

        Json.Obj workflow = ended(ordered, "completed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        byte[] evidence =
                stack.api("auditor").download("/evidence-packages/" + workflow.string("evidencePackageId") + "/export");
        Path root = Files.write(home.resolve("keys.json"), stack.api("auditor").keys());
        String text = new String(evidence, UTF_8);
        assertThat(text).contains("\"type\":\"file-mode.set\"", "\"receipt\":{", "\"outcome\":\"changed\"");
        assertThat(judgements(evidence, root)).containsOnly(0);
        // The action is under the hash that people approved.
        String other = text.replace("\"mode\":416", "\"mode\":511");
        assertThat(other).isNotEqualTo(text);
        assertThat(judgements(other.getBytes(UTF_8), root)).containsOnly(1);
        Program.Ended status = agent.status();
        assertThat(status.code()).as(status.out() + agent.said()).isZero();
    }

    /** An auditor has the key from the host, and no word of the server. */
    @Test
    @Claim("V2")
    void hostIsAWitnessOfTheLog() throws IOException {
        Path root = Files.write(home.resolve("keys.json"), stack.api("auditor").keys());
        Wire auditor = stack.wire("acme", "auditor");
        Path token = Files.writeString(home.resolve("token"), auditor.token());
        String key = agent.status()
                .out()
                .lines()
                .filter(line -> line.startsWith("witness "))
                .map(line -> line.substring("witness ".length()).strip())
                .findFirst()
                .orElseThrow();
        String log = auditor.server().resolve("/log/" + auditor.organization()).toString();
        Program.Ended seen = Eventually.get(
                "the cosignature is there",
                PATIENCE,
                () -> Optional.of(Program.run(
                                "log",
                                "verify",
                                "--url",
                                log,
                                "--token-file",
                                token.toString(),
                                "--trusted-root",
                                root.toString(),
                                "--witnesses",
                                "1",
                                "--witness-key",
                                key))
                        .filter(ended -> ended.code() == 0));
        assertThat(seen.out()).startsWith("Verified: ").contains("cosigned by 1 witnesses");
    }

    /** Of the program, and of the verifier that shares no code with it. */
    private int[] judgements(byte[] evidence, Path root) throws IOException {
        Path written = Files.write(home.resolve("evidence.json"), evidence);
        Path verifier = Composed.HOME.resolve("e2e").resolve("verifier").resolve("verify.mjs");
        Program.Ended ours = Program.run("verify", written.toString(), "--trusted-root", root.toString());
        Program.Ended other =
                Program.other("node", verifier.toString(), written.toString(), "--trusted-root", root.toString());
        return new int[] {ours.code(), other.code()};
    }

    @Test
    void whatTheHostForbidsIsRefusedThereAndAnEventHere() throws IOException {
        Json.Obj ordered = granted(511);

        ended(ordered, "failed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Json.Obj refused = stack.api("auditor")
                .list("/audit-events?outcome=refused&action=agent-package.reject", 1)
                .getFirst();
        Json.Obj proven = stack.api("auditor").get("/audit-events/" + Fields.text(refused, "sequence"));
        assertThat(Fields.text(proven, "event.metadata.reason")).isEqualTo("parameter-not-allowed");
    }

    /** Its host allowed nothing when it enrolled. What it has said since then is what counts, for waves of updates too. */
    @Test
    void whatAnAgentWouldDoIsKnownWhenItsHostHasAllowedIt() {
        Eventually.isTrue(
                "the agent has said what it would do",
                PATIENCE,
                () -> Fields.text(shown(), "agent.host.capabilities").contains("agent.update"));
        assertThat(stack.api("auditor").list("/audit-events?action=agent.change", 50))
                .anyMatch(event -> Fields.text(event, "target.id").equals(id));
    }

    /** Signed by the vendor, ordered by the fleet's owner, approved, and tried by the package's own launcher. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void agentBecomesWhatWasApprovedAndComesBackFromWhatDoesNotCheckIn() throws IOException {
        vendor.publish(vendor.image("9.1.0"));
        vendor.publish(vendor.image("9.2.0").neverComesUp());
        var fleet = new ProgramAtHome(
                Files.createDirectory(home.resolve("owner")), stack.ground().url());
        fleet.signIn(stack.organization("acme").account("owner"));
        try (Chromium chromium = new Chromium();
                Visit visit = Visit.wide(chromium.browser(), ColorScheme.LIGHT)
                        .signIn(stack.organization("acme").account("admin"))) {
            ended(updating(fleet, "9.1.0"), "completed");
            assertThat(inTheFleet(visit)).contains("Online", "9.1.0");

            ended(updating(fleet, "9.2.0"), "failed");
            assertThat(inTheFleet(visit)).contains("Online", "9.1.0");
            visit.open("/agents/" + id);
            assertThat(newestReceipt(visit))
                    .contains("Failed", "was undone. (undone)", "has not checked in", "(turned-back)", "9.1.0");
            visit.isQuiet();
        }
    }

    private Json.Obj updating(ProgramAtHome fleet, String version) {
        Program.Ended asked = fleet.run(AgentVendor.update(version));
        assertThat(asked.code()).as(asked.out() + asked.notes()).isZero();
        List<Json.Obj> items = Json.parseObject(asked.out()).objects("items");
        assertThat(items).extracting(one -> one.string("agentId")).containsExactly(id);
        Json.Obj ordered = items.getFirst();
        approve(ordered, "approver");
        approve(ordered, "admin");
        return ordered;
    }

    private static String inTheFleet(Visit visit) {
        visit.open("/agents?query=db1");
        Page page = visit.page();
        Locator name = page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("db1").setExact(true));
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHas(name))
                .innerText();
    }

    private static String newestReceipt(Visit visit) {
        return visit.page()
                .getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Receipts"))
                .locator("tbody tr")
                .first()
                .innerText();
    }

    /** The last, because it is the end of the agent. */
    @Test
    @Order(Integer.MAX_VALUE)
    void revokedAgentGetsNothingAtItsNextRequest() throws IOException {
        Eventually.isTrue(
                "the agent has spoken",
                PATIENCE,
                () -> !Fields.objects(shown(), "observations").isEmpty());
        Json.Obj ordered = ordered(416);
        posted(owner, "/agents/" + id + "/revocations", Json.object("lost", false));
        approve(ordered, "approver");
        approve(ordered, "admin");

        ended(ordered, "failed");
        assertThat(Fields.objects(shown(), "packages"))
                .noneMatch(sent -> Fields.text(sent, "workflowId").equals(ordered.string("workflowId")));
        front.hangUp(); // else the next request is a minute away
        Eventually.isTrue("the agent was told", PATIENCE, () -> saidNo());
        assertThat(agent.isRunning()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private boolean saidNo() {
        try {
            return agent.said().contains("answered 401");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Json.Obj shown() {
        return owner.get("/agents/" + id).json();
    }

    private Json.Obj granted(int mode) {
        Json.Obj ordered = ordered(mode);
        approve(ordered, "approver");
        approve(ordered, "admin");
        return ordered;
    }

    private Json.Obj ordered(int mode) {
        return posted(
                owner,
                "/agents/" + id + "/actions",
                Json.object(
                        "type",
                        "file-mode.set",
                        "parameters",
                        Json.object("path", file.toString(), "mode", mode),
                        "justification",
                        "The application reads it"));
    }

    private void approve(Json.Obj ordered, String role) {
        posted(
                stack.wire("acme", role),
                "/approvals/" + ordered.string("approvalId") + "/decisions",
                Deeds.decision("approve", ordered.string("planHash")));
    }

    private Json.Obj ended(Json.Obj ordered, String state) {
        String path = "/workflows/" + ordered.string("workflowId");
        return Eventually.get(
                "the workflow is " + state,
                PATIENCE,
                () -> Optional.of(owner.get(path).json())
                        .filter(workflow -> Fields.text(workflow, "state").equals(state))
                        .filter(workflow -> state.equals("failed")
                                || !Fields.text(workflow, "evidencePackageId").isEmpty()));
    }

    private static Json.Obj posted(Wire wire, String path, Json.Obj body) {
        Wire.Answer answer = wire.post(path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(201);
        return answer.json();
    }
}
