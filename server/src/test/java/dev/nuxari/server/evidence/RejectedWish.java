package dev.nuxari.server.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceHeader.Outcome;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.server.evidence.Evidence.Sealing;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What is on record of a wish that an approver rejected: the least that a package can be sealed over. */
record RejectedWish(OrganizationId organization, String connector, String account) {
    /** Seals it now. */
    UUID seal(Evidence evidence, Redactor redactor, Caller caller) {
        UUID workflow = UUID.randomUUID();
        UUID approval = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Obj plan = plan(now);
        var hash = new PlanHash(Sha256.hexOf(plan.canonicalBytes()));
        evidence.prepare(organization, caller);
        add(evidence, redactor, caller, workflow, evaluation());
        evidence.add(
                organization,
                caller,
                workflow,
                EvidenceRecord.Type.APPROVAL,
                redactor.redact(approval(approval, plan, hash, now)));
        return evidence.seal(
                organization,
                caller,
                new Sealing(workflow, Outcome.REJECTED, connector + "/" + account, approval, hash, UUID.randomUUID()));
    }

    private void add(Evidence evidence, Redactor redactor, Caller caller, UUID workflow, Obj content) {
        evidence.add(organization, caller, workflow, EvidenceRecord.Type.ACCESS_EVALUATION, redactor.redact(content));
    }

    private Obj plan(Instant now) {
        Obj step = Json.object(
                "position",
                1,
                "connectorId",
                connector,
                "connectorName",
                "Directory",
                "operation",
                "grant",
                "account",
                Json.object("nativeId", account, "displayName", "Ada Lovelace"),
                "entitlement",
                Json.object("kind", "group", "nativeId", "cn=ledger", "name", "Ledger"));
        return Json.object(
                "v",
                1,
                "organizationId",
                organization,
                "requestId",
                UUID.randomUUID(),
                "requester",
                SealedExample.member(1),
                "beneficiary",
                SealedExample.member(2),
                "steps",
                List.of(step),
                "justification",
                "wanted",
                "createdAt",
                now);
    }

    private static List<Obj> stages() {
        return List.of(
                Json.object("position", 1, "name", "approvers", "quorum", 1, "roles", List.of("approver", "admin")));
    }

    private static Obj evaluation() {
        return Json.object(
                "requester", SealedExample.member(1),
                "beneficiary", SealedExample.member(2),
                "risk", "high",
                "justification", "wanted",
                "entitlement", Json.object("nativeId", "cn=ledger", "name", "Ledger", "risk", "high"),
                "policy", Json.object("name", "high risk", "stages", stages()));
    }

    private static Obj approval(UUID approval, Obj plan, PlanHash hash, Instant now) {
        Obj decision = Json.object(
                "stage",
                1,
                "member",
                SealedExample.member(3),
                "role",
                "approver",
                "verdict",
                "reject",
                "reason",
                "not needed",
                "planHash",
                hash,
                "at",
                now);
        return Json.object(
                "approvalId", approval,
                "planHash", hash,
                "plan", plan,
                "requester", SealedExample.member(1),
                "beneficiary", SealedExample.member(2),
                "stages", stages(),
                "decisions", List.of(decision),
                "state", "rejected",
                "expiresAt", now.plusSeconds(3600));
    }
}
