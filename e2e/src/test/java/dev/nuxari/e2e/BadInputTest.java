package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.e2e.Wire.Answer;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of bad input gets its own problem and changes nothing. */
class BadInputTest {
    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);
    private final Wire requester = stack.wire("acme", "requester");
    private final Wire approver = stack.wire("acme", "approver");
    private final Wire admin = stack.wire("acme", "admin");
    private Json.Obj entitlement = Json.object();

    @BeforeEach
    void pickSomethingToAskFor() {
        entitlement = deeds.firstNotHeld(stack.connector("ldap"));
    }

    private String wish() {
        return Deeds.wish("grant", entitlement.string("id")).canonical();
    }

    /** What a refused request must not have changed. */
    private long requests() {
        try (Connection superuser = Superuser.connect()) {
            return Superuser.number(superuser, "SELECT count(*) FROM request")
                    + Superuser.number(superuser, "SELECT count(*) FROM approval_decision");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refused(String problem, int status, Supplier<Answer> call) {
        long before = requests();

        Answer answer = call.get();

        assertThat(answer.problem()).as(answer.body()).isEqualTo(problem);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("title")).isNotBlank();
        assertThat(answer.text("traceId")).isNotBlank();
        assertThat(requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{\"justification\":\"x\"", "{\"a\":1,}", "\u0000"})
    void malformedJson(String body) {
        refused("malformed-json", 400, () -> requester.postText("/requests", body));
    }

    @Test
    void repeatedMemberName() {
        refused(
                "malformed-json",
                400,
                () -> requester.postText("/requests", "{\"operation\":\"grant\"," + wish().substring(1)));
    }

    @Test
    void unknownField() {
        String body = Deeds.wish("grant", entitlement.string("id"))
                .with("approved", true)
                .canonical();

        refused("unknown-field", 400, () -> requester.postText("/requests", body));
    }

    @Test
    void oversizedBody() {
        refused("body-too-large", 413, () -> requester.postText("/requests", " ".repeat(2 * 1024 * 1024) + wish()));
    }

    @Test
    void wrongMediaType() {
        refused(
                "unsupported-media-type",
                415,
                () -> requester.send("POST", "/requests", wish().getBytes(UTF_8), "Content-Type", "text/xml"));
    }

    @ParameterizedTest
    @CsvSource({
        "/requests/, no-such-request",
        "/approvals/, no-such-approval",
        "/workflows/, no-such-workflow",
        "/entitlements/, no-such-entitlement",
        "/connectors/, no-such-connector",
        "/evidence-packages/, no-such-evidence-package"
    })
    void unknownId(String path, String problem) {
        refused(problem, 404, () -> admin.get(path + "019a0000-0000-7000-8000-000000000000"));
    }

    @Test
    void unknownEntitlement() {
        refused(
                "no-such-entitlement",
                404,
                () -> requester.post("/requests", Deeds.wish("grant", "019a0000-0000-7000-8000-000000000000")));
    }

    @Test
    void staleIfMatch() {
        refused("stale-version", 412, () -> change("\"999999\""));
    }

    @Test
    void changeWithoutIfMatch() {
        byte[] body = Json.object("description", "Changed by a test").canonicalBytes();

        refused(
                "precondition-required",
                428,
                () -> admin.send(
                        "PATCH",
                        "/entitlements/" + entitlement.string("id"),
                        body,
                        "Content-Type",
                        "application/json"));
    }

    private Answer change(String version) {
        byte[] body = Json.object("description", "Changed by a test").canonicalBytes();
        return admin.send(
                "PATCH",
                "/entitlements/" + entitlement.string("id"),
                body,
                "Content-Type",
                "application/json",
                "If-Match",
                version);
    }

    @Test
    void repeatedIdempotencyKey() {
        String key = UUID.randomUUID().toString();
        Answer first = requester.postText("/requests", wish(), "Idempotency-Key", key);
        assertThat(first.status()).as(first.body()).isEqualTo(201);

        Answer again = requester.postText("/requests", wish(), "Idempotency-Key", key);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("id")).isEqualTo(first.text("id"));
        refused(
                "idempotency-key-reused",
                422,
                () -> requester.postText("/requests", wish().replace("Needed", "Wanted"), "Idempotency-Key", key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t\n"})
    void blankJustification(String reason) {
        String body = Deeds.wish("grant", entitlement.string("id"))
                .with("justification", reason)
                .canonical();

        refused("invalid-field", 400, () -> requester.postText("/requests", body));
    }

    @Test
    void entitlementOfAnotherSystem() {
        String foreign = stack.connector("keycloak").string("id");
        String account = stack.api("requester")
                .list("/accounts?mine=true&connectorId=" + foreign, 10)
                .getFirst()
                .string("id");
        String body = Deeds.wish("grant", entitlement.string("id"))
                .with("accountId", account)
                .canonical();

        refused("entitlement-of-another-system", 422, () -> requester.postText("/requests", body));
    }

    @Test
    @Claim("A3")
    void requesterApprovesTheirOwnRequest() {
        Json.Obj own = stack.api("approver").post("/requests", Deeds.wish("grant", notHeldByApprover()));
        String decisions = "/approvals/" + own.string("approvalId") + "/decisions";
        String hash = own.string("planHash");
        long before = deeds.refusals("approval.decide");

        refused("self-approval", 403, () -> approver.post(decisions, Deeds.decision("approve", hash)));

        assertThat(deeds.refusals("approval.decide")).isEqualTo(before + 1);
    }

    private String notHeldByApprover() {
        String path =
                "/entitlements?risk=low&connectorId=" + stack.connector("ldap").string("id");
        return stack.api("approver").list(path, 1000).stream()
                .filter(item -> !Fields.truth(item, "held"))
                .skip(3)
                .findFirst()
                .orElseThrow()
                .string("id");
    }

    @Test
    void secondDecisionByTheSameApprover() {
        Json.Obj risky = deeds.notHeld(stack.connector("ldap"), "high").getFirst();
        Json.Obj request = deeds.ask("grant", risky);
        deeds.decide(request, "approver", "approve");
        String decisions = "/approvals/" + request.string("approvalId") + "/decisions";
        long before = deeds.refusals("approval.decide");

        refused(
                "already-decided",
                409,
                () -> approver.post(decisions, Deeds.decision("approve", request.string("planHash"))));

        assertThat(deeds.refusals("approval.decide")).isEqualTo(before + 1);
    }

    @Test
    void decisionOnAChangedPlan() {
        Json.Obj request = deeds.ask("grant", entitlement);
        String decisions = "/approvals/" + request.string("approvalId") + "/decisions";
        long before = deeds.refusals("approval.decide");

        refused("plan-changed", 409, () -> approver.post(decisions, Deeds.decision("approve", "0".repeat(64))));

        assertThat(deeds.refusals("approval.decide")).isEqualTo(before + 1);
    }

    @Test
    void decisionOnAnExpiredApproval() throws SQLException {
        Json.Obj request = deeds.ask("grant", entitlement);
        expire(request.string("approvalId"));
        String decisions = "/approvals/" + request.string("approvalId") + "/decisions";

        refused(
                "approval-expired",
                409,
                () -> approver.post(decisions, Deeds.decision("approve", request.string("planHash"))));
    }

    private static void expire(String approval) throws SQLException {
        try (Connection superuser = Superuser.connect();
                Statement statement = superuser.createStatement()) {
            statement.execute("UPDATE approval SET expires_at = now() - interval '1 minute' WHERE approval_id = '"
                    + approval + "'");
        }
    }

    @Test
    void requesterMayNotDecide() {
        Json.Obj request = deeds.ask("grant", entitlement);

        refused(
                "not-permitted",
                403,
                () -> requester.post(
                        "/approvals/" + request.string("approvalId") + "/decisions",
                        Deeds.decision("approve", request.string("planHash"))));
    }

    @Test
    void nobodySignedIn() {
        Wire nobody = new Wire(requester.server(), requester.organization(), "");

        refused("unauthenticated", 401, () -> nobody.get("/requests"));
    }

    @Test
    @Claim("T2")
    void objectOfAnotherOrganizationIsNotFound() {
        Wire stranger =
                new Wire(requester.server(), stack.organization("globex").id(), requester.token());

        assertThat(stranger.get("/requests").status()).isEqualTo(404);
    }

    @Test
    void requestThatWasHeldAlreadyIsRefused() {
        Json.Obj held = stack
                .api("requester")
                .list("/entitlements?connectorId=" + stack.connector("ldap").string("id"), 1000)
                .stream()
                .filter(item -> Fields.truth(item, "held"))
                .findFirst()
                .orElseThrow();

        refused("already-held", 409, () -> requester.post("/requests", Deeds.wish("grant", held.string("id"))));
    }
}
