package dev.nuxari.server.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceDraft;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.protocol.EvidenceHeader.Outcome;
import dev.nuxari.protocol.EvidencePackage;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.PublishedKey;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A package about one grant that verifies, with a justification of the test's choice, in a log of one entry. */
final class SealedExample {
    private static final OrganizationId ORGANIZATION = new OrganizationId(UUID.fromString(uuid(10)));
    private static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");
    private static final String ORIGIN = "nuxari.example/log/" + ORGANIZATION;
    private static final Ed25519PrivateKey PRIVATE = Ed25519PrivateKey.generate(new SecureRandom());
    private static final SigningKey LOG = new SigningKey(
            PublishedKey.of(ORGANIZATION, KeyName.LOG, new VerificationKey.Ed25519(PRIVATE.publicKey()), START),
            PRIVATE::sign);
    private static final SigningKey ARCHIVE = SigningKey.generate(ORGANIZATION, KeyName.ARCHIVE, START);
    private static final KeyManifest KEYS =
            KeyManifest.issue(ORGANIZATION, 1, START, List.of(LOG.published(), ARCHIVE.published()), LOG);

    private SealedExample() {}

    static byte[] because(String justification) {
        Obj plan = plan(justification);
        PlanHash hash = new PlanHash(Sha256.hexOf(plan.canonicalBytes()));
        var header = new EvidenceHeader(
                UUID.fromString(uuid(90)),
                ORGANIZATION,
                UUID.fromString(uuid(91)),
                Outcome.COMPLETED,
                new EvidenceHeader.Scope("account", uuid(50) + "/ada"),
                hash,
                START.plusSeconds(60));
        EvidenceDraft draft = new EvidenceDraft(header, records(plan, hash, justification), KEYS);
        Obj event = Json.object(
                "v",
                1,
                "organizationId",
                ORGANIZATION,
                "sequence",
                0,
                "action",
                EvidencePackage.SEALING_ACTION,
                "outcome",
                "succeeded",
                "metadata",
                EvidencePackage.sealingMetadata(draft));
        MerkleHash root = MerkleHash.leaf(event.canonicalBytes());
        return draft.sign(LOG, ARCHIVE)
                .withLog(
                        event,
                        new InclusionProof(0, 1, List.of()),
                        new Checkpoint(ORIGIN, 1, root).sign(new NoteSigner(ORIGIN, PRIVATE)));
    }

    private static Obj plan(String justification) {
        Obj step = Json.object(
                "position",
                1,
                "connectorId",
                uuid(50),
                "connectorName",
                "Directory",
                "operation",
                "grant",
                "account",
                Json.object("nativeId", "ada", "displayName", "Ada Lovelace"),
                "entitlement",
                Json.object("kind", "group", "nativeId", "cn=ledger", "name", "Ledger"));
        return Json.object(
                "v",
                1,
                "organizationId",
                ORGANIZATION,
                "requestId",
                uuid(60),
                "requester",
                member(1),
                "beneficiary",
                member(2),
                "steps",
                List.of(step),
                "justification",
                justification,
                "createdAt",
                START);
    }

    private static List<EvidenceRecord> records(Obj plan, PlanHash hash, String justification) {
        List<Obj> stages = List.of(
                Json.object("position", 1, "name", "approvers", "quorum", 1, "roles", List.of("approver", "admin")));
        Obj evaluation = Json.object(
                "requester", member(1),
                "beneficiary", member(2),
                "risk", "high",
                "justification", justification,
                "entitlement", Json.object("nativeId", "cn=ledger", "name", "Ledger", "risk", "high"),
                "policy", Json.object("name", "high risk", "stages", stages));
        Obj snapshot = Json.object(
                "step",
                1,
                "connectorId",
                uuid(50),
                "account",
                Json.object("nativeId", "ada", "exists", true, "enabled", true),
                "entitlement",
                "cn=ledger",
                "held",
                false);
        Obj execution = Json.object(
                "step",
                1,
                "executionId",
                uuid(201),
                "approvalRef",
                uuid(77),
                "planHash",
                hash,
                "attempt",
                1,
                "order",
                Json.object("operation", "grant", "account", "ada", "entitlement", "cn=ledger"),
                "outcome",
                "changed",
                "terminal",
                true,
                "startedAt",
                START.plusSeconds(4),
                "endedAt",
                START.plusSeconds(5));
        Obj validation = Json.object(
                "step",
                1,
                "expected",
                Json.object("held", true),
                "observed",
                Json.object("exists", true, "enabled", true, "held", true),
                "result",
                "passed");
        return List.of(
                record(1, EvidenceRecord.Type.ACCESS_EVALUATION, evaluation),
                record(3, EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT, snapshot),
                record(5, EvidenceRecord.Type.EXECUTION_LOG, execution),
                record(6, EvidenceRecord.Type.VALIDATION_RESULT, validation),
                record(7, EvidenceRecord.Type.APPROVAL, approval(plan, hash, stages)));
    }

    private static Obj approval(Obj plan, PlanHash hash, List<Obj> stages) {
        Obj decision = Json.object(
                "stage",
                1,
                "member",
                member(3),
                "role",
                "approver",
                "acr",
                "mfa",
                "verdict",
                "approve",
                "reason",
                "Fits the job",
                "planHash",
                hash,
                "at",
                START.plusSeconds(2));
        return Json.object(
                "approvalId", uuid(77),
                "planHash", hash,
                "plan", plan,
                "requester", member(1),
                "beneficiary", member(2),
                "stages", stages,
                "decisions", List.of(decision),
                "state", "granted",
                "expiresAt", START.plusSeconds(3600));
    }

    private static EvidenceRecord record(int second, EvidenceRecord.Type type, Obj content) {
        return new EvidenceRecord(type, uuid(100 + second), START.plusSeconds(second), content);
    }

    static String member(int number) {
        return "member:" + uuid(number);
    }

    private static String uuid(int number) {
        return "0198c5a0-0000-7000-8000-%012x".formatted(number);
    }
}
