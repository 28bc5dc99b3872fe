package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A host that has become an agent, and says what a test wants said: for pages that show it, not for what agents do. */
final class EnrolledHost {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Composed stack;
    private final Wire owner;
    private final Wire anonymous;
    private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
    private final String id;
    private String token;
    private int receipts;

    EnrolledHost(Composed stack, String name) {
        this.stack = stack;
        this.owner = stack.wire("acme", "owner");
        this.anonymous = new Wire(owner.server(), owner.organization(), "");
        this.id = made(owner.post("/agents", Json.object("name", name))).string("id");
        this.token = made(owner.post("/agents/" + id + "/enrolment-tokens", Json.object()))
                .string("token");
        Json.Obj introduction = Json.object(
                "v",
                1,
                "hostName",
                name,
                "version",
                "0.1.0",
                "capabilities",
                List.of("file-mode.set", "account.lock", "service.restart"));
        this.token = made(send("POST", "/agent/v1/enroll", introduction)).string("token");
    }

    String id() {
        return id;
    }

    /** An order that was approved, and waits for this host. */
    Delivery ordered(String path, int mode) {
        Json.Obj ordered = made(owner.post(
                "/agents/" + id + "/actions",
                Json.object(
                        "type", "file-mode.set",
                        "parameters", Json.object("path", path, "mode", mode),
                        "justification", "The application starts it")));
        for (String role : List.of("approver", "admin")) {
            made(stack.wire("acme", role)
                    .post(
                            "/approvals/" + ordered.string("approvalId") + "/decisions",
                            Deeds.decision("approve", ordered.string("planHash"))));
        }
        String question = "/agent/v1/packages?wait=30&seen=0&keys=1&after=0";
        return Eventually.get("the order is signed", PATIENCE, () -> {
            List<Json.Obj> deliveries = send("GET", question, null).json().objects("deliveries");
            return deliveries.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Delivery(deliveries.getLast().object("package"), List.of()));
        });
    }

    void changed(Delivery delivery, int before, int after) {
        Instant now = now();
        answer(
                delivery,
                new Ending(
                        Outcome.CHANGED,
                        Optional.empty(),
                        Optional.of(mode(before)),
                        Optional.of(mode(after)),
                        now,
                        now));
    }

    void rejected(Delivery delivery, Rejection reason) {
        answer(delivery, Ending.rejected(reason));
    }

    /** Says how it is, with a clock that differs by so much. */
    void isWell(long clockDifference) {
        Summary health = Summary.of(
                SummaryKind.AGENT_HEALTH,
                "version",
                "0.1.0",
                "policy",
                "valid",
                "log",
                "followed",
                "actions",
                3,
                "waitingReceipts",
                0,
                "droppedObservations",
                0,
                "clockDifference",
                clockDifference);
        tell(new Observations(organization(), uuid(), 1, now(), "agent-health", 1, true, List.of(health)).sign(key));
    }

    /** What a copy of this host would say. */
    void isCopied() {
        Summary installed = Summary.of(SummaryKind.INSTALLED_PACKAGE, "name", "openssl", "version", "3.5.1-1");
        Observations other =
                new Observations(organization(), uuid(), 1, now(), "linux-packages", 1, true, List.of(installed));
        Wire.Answer refused = observations(other.sign(key));
        assertThat(refused.problem()).isEqualTo("receipt-number-reused");
    }

    private void tell(DsseEnvelope observations) {
        Wire.Answer answer = observations(observations);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Wire.Answer observations(DsseEnvelope observations) {
        return send(
                "POST", "/agent/v1/observations", Json.object("v", 1, "observations", List.of(observations.json())));
    }

    private void answer(Delivery delivery, Ending ending) {
        receipts++;
        DsseEnvelope receipt = new Receipt(
                        organization(), uuid(), receipts, now(), delivery.hash(), Optional.empty(), ending)
                .sign(key);
        Wire.Answer answer =
                send("POST", "/agent/v1/receipts", Json.object("v", 1, "receipts", List.of(receipt.json())));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Wire.Answer send(String method, String path, Json.@Nullable Obj body) {
        var request = new AgentProof.Request(method, owner.server().resolve(path), token);
        String scheme = token.startsWith("nxe_") ? "Bearer " : "DPoP ";
        return anonymous.send(
                method,
                "/" + path,
                body == null ? new byte[0] : body.canonicalBytes(),
                "Authorization",
                scheme + token,
                "DPoP",
                AgentProof.make(key, request, now(), Optional.empty()),
                "Content-Type",
                "application/json");
    }

    private static Json.Obj made(Wire.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static Summary mode(int mode) {
        return Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", mode, "owner", 0, "group", 0);
    }

    private OrganizationId organization() {
        return new OrganizationId(UUID.fromString(owner.organization()));
    }

    private UUID uuid() {
        return UUID.fromString(id);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
