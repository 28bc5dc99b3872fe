package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.PublishedKey;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.ConsistencyProof;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NodeSource;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.SignedNote;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All keys of an organization and its log, in the hand of a test: it signs what it is told to, true or not. */
public final class PlatformInHand {
    public static final Instant FOUNDED = Instant.parse("2026-11-01T10:00:00.000Z");
    public static final String HOST = "nuxari.example";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OrganizationId organization;
    private final Ed25519PrivateKey logPrivate;
    private final SigningKey log;
    private final SigningKey action;
    private final KeyManifest manifest;
    private final List<Json.Obj> entries = new ArrayList<>();
    private final Map<String, MerkleHash> nodes = new HashMap<>();
    private CompactRange range = CompactRange.empty();

    public PlatformInHand() {
        this(new OrganizationId(UuidV7.at(FOUNDED)), Ed25519PrivateKey.generate(RANDOM));
    }

    private PlatformInHand(OrganizationId organization, Ed25519PrivateKey logPrivate) {
        this.organization = organization;
        this.logPrivate = logPrivate;
        this.log = signing(organization, KeyName.LOG, logPrivate);
        this.action = signing(organization, KeyName.ACTION, Ed25519PrivateKey.generate(RANDOM));
        this.manifest = KeyManifest.issue(organization, 1, FOUNDED, List.of(log.published(), action.published()), log);
        append(Json.object("v", 1, "action", "organization.found", "sequence", 0));
    }

    private PlatformInHand(PlatformInHand other, int size) {
        this.organization = other.organization;
        this.logPrivate = other.logPrivate;
        this.log = other.log;
        this.action = other.action;
        this.manifest = other.manifest;
        other.entries.subList(0, size).forEach(this::append);
    }

    private static SigningKey signing(OrganizationId organization, KeyName name, Ed25519PrivateKey key) {
        return new SigningKey(
                PublishedKey.of(organization, name, new VerificationKey.Ed25519(key.publicKey()), FOUNDED), key::sign);
    }

    /** The same platform with the log it had when it had so many entries: restored, or about to fork. */
    public PlatformInHand restoredTo(int size) {
        return new PlatformInHand(this, size);
    }

    public OrganizationId organization() {
        return organization;
    }

    public KeyManifest manifest() {
        return manifest;
    }

    public SigningKey logKey() {
        return log;
    }

    public SigningKey actionKey() {
        return action;
    }

    public String origin() {
        return HOST + "/log/" + organization;
    }

    public int size() {
        return entries.size();
    }

    /** Appends an entry; says its index. */
    public int append(Json.Obj event) {
        entries.add(event);
        range = range.append(
                MerkleHash.leaf(event.canonicalBytes()),
                node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
        return entries.size() - 1;
    }

    private NodeSource source() {
        return (level, index) -> nodes.getOrDefault(level + "/" + index, MerkleHash.EMPTY);
    }

    public Checkpoint head() {
        return new Checkpoint(origin(), range.size(), range.root());
    }

    public SignedNote checkpoint() {
        return head().sign(new NoteSigner(origin(), logPrivate));
    }

    /** The proof from a smaller size to this one. */
    public List<String> consistency(long from) {
        return hex(ConsistencyProof.of(from, range.size(), source()).path());
    }

    public List<String> inclusion(long index) {
        return hex(InclusionProof.of(index, range.size(), source()).path());
    }

    private static List<String> hex(List<MerkleHash> path) {
        return path.stream().map(MerkleHash::hex).toList();
    }

    /** A plan with one step for an agent. */
    public Json.Obj plan(UUID agent, ActionType type, Json.Obj parameters, Instant createdAt) {
        return Json.object(
                "v",
                1,
                "organizationId",
                organization,
                "requestId",
                UuidV7.at(createdAt),
                "requester",
                "member:" + UuidV7.at(createdAt),
                "beneficiary",
                null,
                "steps",
                List.of(Json.object(
                        "position",
                        1,
                        "connectorId",
                        UuidV7.at(createdAt),
                        "connectorName",
                        "db1",
                        "operation",
                        "perform",
                        "account",
                        Json.object("nativeId", agent, "displayName", "db1.example"),
                        "entitlement",
                        null,
                        "action",
                        Json.object("agentId", agent, "type", type.spelled(), "parameters", parameters))),
                "justification",
                "as the baseline has it",
                "createdAt",
                createdAt);
    }

    /** The event by which the platform says that an approval was granted. */
    public Json.Obj grant(Json.Obj plan, UUID approval, Instant at) {
        return Json.object(
                "v",
                1,
                "organizationId",
                organization,
                "sequence",
                entries.size(),
                "id",
                UuidV7.at(at),
                "at",
                at,
                "actor",
                Json.object("type", "member", "id", UuidV7.at(at), "role", "approver", "acr", "mfa"),
                "action",
                "approval.decide",
                "outcome",
                "succeeded",
                "target",
                Json.object("type", "approval", "id", approval),
                "approvalRef",
                approval,
                "planHash",
                hash(plan),
                "metadata",
                Json.object("verdict", "approve", "reason", "looks right", "state", "granted"));
    }

    public static PlanHash hash(Json.Obj plan) {
        return new PlanHash(Sha256.hexOf(plan.canonicalBytes()));
    }

    /** Has the plan granted, in the log, and makes the order for its first step. */
    public ActionPackage order(Json.Obj plan, long sequence, Instant now) {
        UUID approval = UuidV7.at(now);
        Json.Obj event = grant(plan, approval, now);
        int index = append(event);
        Json.Obj step = plan.objects("steps").getFirst().object("action");
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return new ActionPackage(
                UuidV7.at(now),
                organization,
                UUID.fromString(step.string("agentId")),
                approval,
                hash(plan),
                plan,
                1,
                step.without("agentId"),
                now,
                now.plus(Duration.ofHours(1)),
                sequence,
                AgentKey.base64url(nonce),
                event,
                index,
                List.of());
    }

    /** Signs an order, and proves its event under the present head. */
    public Delivery deliver(ActionPackage order) {
        return new Delivery(order.sign(action).json(), inclusion(order.eventIndex()));
    }

    /** Signs whatever is said to be an order. */
    public Delivery deliver(Json.Obj payload, long eventIndex) {
        return new Delivery(
                DsseEnvelope.sign(
                                ActionPackage.PAYLOAD_TYPE,
                                payload,
                                action.published().keyId(),
                                action::sign)
                        .json(),
                inclusion(eventIndex));
    }
}
