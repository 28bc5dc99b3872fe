package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceHeader.Outcome;
import dev.nuxari.protocol.EvidenceHeader.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The evidence of one workflow, to be changed by a test before it is signed with the real keys. */
record RecordedWorkflow(EvidenceHeader header, List<EvidenceRecord> records) {
    static final OrganizationId ORGANIZATION =
            new OrganizationId(UUID.fromString("0198c5a0-0000-7000-8000-0000000000aa"));
    static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");
    static final String REQUESTER = member(1);
    static final String BENEFICIARY = member(2);
    static final String APPROVER = member(3);
    static final String OWNER = member(4);
    static final String APPROVAL = uuid(77);

    private static final String CONNECTOR = uuid(50);
    private static final String ACCOUNT = "ada";

    /** One grant to one account, approved in two stages, executed, validated. */
    static RecordedWorkflow completed() {
        Obj plan = plan();
        List<EvidenceRecord> records = List.of(
                written(1, EvidenceRecord.Type.ACCESS_EVALUATION, evaluation()),
                written(3, EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT, snapshot()),
                written(4, EvidenceRecord.Type.EXECUTION_LOG, execution(1, "failed", false)),
                written(5, EvidenceRecord.Type.EXECUTION_LOG, execution(2, "changed", true)),
                written(6, EvidenceRecord.Type.VALIDATION_RESULT, validation("passed")),
                written(7, EvidenceRecord.Type.APPROVAL, approval(plan)));
        PlanHash hash = new PlanHash(Sha256.hexOf(plan.canonicalBytes()));
        return new RecordedWorkflow(header(Outcome.COMPLETED, hash), records);
    }

    /** The change was not seen at first, so that a person had it carried out once more. */
    static RecordedWorkflow retried() {
        return completed()
                .change(EvidenceRecord.Type.VALIDATION_RESULT, _ -> validation("failed"))
                .with(written(8, EvidenceRecord.Type.EXECUTION_LOG, execution(3, "changed", true)))
                .with(written(9, EvidenceRecord.Type.VALIDATION_RESULT, validation("passed")));
    }

    /** Asked, and refused by an approver. */
    static RecordedWorkflow rejected() {
        RecordedWorkflow completed = completed();
        Obj no = decision(1, APPROVER, "approver").with("verdict", "reject");
        return new RecordedWorkflow(
                        header(Outcome.REJECTED, completed.header.planHash()),
                        List.of(completed.records.getFirst(), completed.records.getLast()))
                .change(
                        EvidenceRecord.Type.APPROVAL,
                        approval -> approval.with("state", "rejected").with("decisions", List.of(no)));
    }

    static EvidenceHeader header(Outcome outcome, PlanHash planHash) {
        return new EvidenceHeader(
                UUID.fromString(uuid(90)),
                ORGANIZATION,
                UUID.fromString(uuid(91)),
                outcome,
                new Scope("account", CONNECTOR + "/" + ACCOUNT),
                planHash,
                START.plusSeconds(60));
    }

    /** The same with the contents of all records of a type changed. */
    RecordedWorkflow change(EvidenceRecord.Type type, UnaryOperator<Obj> change) {
        return new RecordedWorkflow(
                header,
                records.stream()
                        .map(written -> written.type() == type
                                ? new EvidenceRecord(
                                        written.type(), written.id(), written.at(), change.apply(written.content()))
                                : written)
                        .toList());
    }

    /** The same with one decision changed; their stages are 1 and 2. */
    RecordedWorkflow changeDecision(int stage, UnaryOperator<Obj> change) {
        return change(
                EvidenceRecord.Type.APPROVAL,
                approval -> approval.with(
                        "decisions",
                        approval.objects("decisions").stream()
                                .map(decision -> decision.integer("stage") == stage ? change.apply(decision) : decision)
                                .toList()));
    }

    RecordedWorkflow with(EvidenceRecord written) {
        List<EvidenceRecord> more = new ArrayList<>(records);
        more.add(written);
        return new RecordedWorkflow(header, more);
    }

    RecordedWorkflow without(EvidenceRecord.Type type) {
        return new RecordedWorkflow(
                header,
                records.stream().filter(written -> written.type() != type).toList());
    }

    RecordedWorkflow ending(Outcome outcome) {
        return new RecordedWorkflow(header(outcome, header.planHash()), records);
    }

    static EvidenceRecord written(int second, EvidenceRecord.Type type, Obj content) {
        return new EvidenceRecord(type, uuid(100 + second), START.plusSeconds(second), content);
    }

    static Obj plan() {
        return Json.object(
                "v",
                1,
                "organizationId",
                ORGANIZATION,
                "requestId",
                uuid(60),
                "requester",
                REQUESTER,
                "beneficiary",
                BENEFICIARY,
                "steps",
                List.of(step()),
                "justification",
                "Needed for the audit of “Q4”, see ticket 7 €",
                "createdAt",
                START);
    }

    private static Obj step() {
        return Json.object(
                "position",
                1,
                "connectorId",
                CONNECTOR,
                "connectorName",
                "Directory",
                "operation",
                "grant",
                "account",
                Json.object("nativeId", ACCOUNT, "displayName", "Ada Lovelace"),
                "entitlement",
                Json.object("kind", "group", "nativeId", "cn=ledger", "name", "Ledger"));
    }

    private static Obj evaluation() {
        return Json.object(
                "requester",
                REQUESTER,
                "beneficiary",
                BENEFICIARY,
                "risk",
                "high",
                "justification",
                "Needed for the audit",
                "entitlement",
                Json.object("nativeId", "cn=ledger", "name", "Ledger", "risk", "high"),
                "policy",
                Json.object("name", "high risk", "stages", stages()));
    }

    private static List<Obj> stages() {
        return List.of(
                Json.object("position", 1, "name", "approvers", "quorum", 1, "roles", List.of("approver", "admin")),
                Json.object("position", 2, "name", "owners", "quorum", 1, "roles", List.of("owner")));
    }

    private static Obj approval(Obj plan) {
        return Json.object(
                "approvalId",
                APPROVAL,
                "planHash",
                Sha256.hexOf(plan.canonicalBytes()),
                "plan",
                plan,
                "requester",
                REQUESTER,
                "beneficiary",
                BENEFICIARY,
                "stages",
                stages(),
                "decisions",
                List.of(decision(1, APPROVER, "approver"), decision(2, OWNER, "owner")),
                "state",
                "granted",
                "expiresAt",
                START.plusSeconds(3600));
    }

    static Obj decision(int stage, String member, String role) {
        return Json.object(
                "stage",
                stage,
                "member",
                member,
                "role",
                role,
                "verdict",
                "approve",
                "reason",
                "Fits the job",
                "planHash",
                Sha256.hexOf(plan().canonicalBytes()),
                "at",
                START.plusSeconds(2));
    }

    private static Obj snapshot() {
        return Json.object(
                "step",
                1,
                "connectorId",
                CONNECTOR,
                "account",
                Json.object("nativeId", ACCOUNT, "exists", true, "enabled", true),
                "entitlement",
                "cn=ledger",
                "held",
                false);
    }

    static Obj execution(int attempt, String outcome, boolean terminal) {
        return Json.object(
                "step",
                1,
                "executionId",
                uuid(200 + attempt),
                "approvalRef",
                APPROVAL,
                "planHash",
                Sha256.hexOf(plan().canonicalBytes()),
                "attempt",
                attempt,
                "order",
                Json.object("operation", "grant", "account", ACCOUNT, "entitlement", "cn=ledger"),
                "outcome",
                outcome,
                "terminal",
                terminal,
                "startedAt",
                START.plusSeconds(3 + attempt),
                "endedAt",
                START.plusSeconds(4 + attempt));
    }

    static Obj validation(String result) {
        boolean held = result.equals("passed");
        return Json.object(
                "step",
                1,
                "expected",
                Json.object("held", true),
                "observed",
                Json.object("exists", true, "enabled", true, "held", held),
                "result",
                result);
    }

    static String member(int number) {
        return "member:" + uuid(number);
    }

    static String uuid(int number) {
        return "0198c5a0-0000-7000-8000-%012x".formatted(number);
    }
}
