package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An approved step of a plan, for one agent, once. Nothing here is verified; see {@link PackageJudgement}.
 *
 * @param approvalRef the approval that was granted
 * @param plan the whole plan, of which {@code step} is a position
 * @param action without the agent: {@code {type, parameters}}
 * @param sequence counts up per agent
 * @param event the audit event by which the approval was granted
 * @param eventIndex where the log has the event
 */
public record ActionPackage(
        UUID packageId,
        OrganizationId organization,
        UUID agent,
        UUID approvalRef,
        PlanHash planHash,
        Json.Obj plan,
        int step,
        Json.Obj action,
        Instant notBefore,
        Instant expiresAt,
        long sequence,
        String nonce,
        Json.Obj event,
        long eventIndex,
        List<Assertion> assertions) {
    public static final String PAYLOAD_TYPE = "application/vnd.nuxari.action-package+json";

    private static final int NONCE_BYTES = 16;
    private static final int MOST_ASSERTIONS = 32;

    public ActionPackage {
        if (step < 1 || sequence < 1 || eventIndex < 0 || !expiresAt.isAfter(notBefore)) {
            throw new IllegalArgumentException("positions and sequences count from 1, and a time ends after it began");
        }
        if (AgentKey.fromBase64url(nonce).length != NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has %d bytes".formatted(NONCE_BYTES));
        }
        if (assertions.size() > MOST_ASSERTIONS) {
            throw new IllegalArgumentException("at most %d assertions".formatted(MOST_ASSERTIONS));
        }
        assertions = List.copyOf(assertions);
    }

    /**
     * Reads the payload of an envelope.
     *
     * @throws JsonException if it is not written as this version writes it
     */
    public static ActionPackage parse(Json.Obj payload) {
        Located json = Located.root(payload);
        json.requireMembers(
                "v",
                "packageId",
                "organizationId",
                "agentId",
                "approvalRef",
                "planHash",
                "plan",
                "step",
                "action",
                "notBefore",
                "expiresAt",
                "sequence",
                "nonce",
                "approvalEvent",
                "approverAssertions");
        if (json.integer("v") != 1) {
            throw json.refuse("v", "this agent reads version 1");
        }
        Located action = json.object("action");
        action.requireMembers("type", "parameters");
        action.string("type");
        action.object("parameters");
        Located event = json.object("approvalEvent");
        event.requireMembers("index", "event");
        try {
            return read(json, event);
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new JsonException("", String.valueOf(e.getMessage()));
        }
    }

    private static ActionPackage read(Located json, Located event) {
        return new ActionPackage(
                json.uuid("packageId"),
                new OrganizationId(json.uuid("organizationId")),
                json.uuid("agentId"),
                json.uuid("approvalRef"),
                json.read("planHash", PlanHash::new),
                json.object("plan").value(),
                json.number("step"),
                json.object("action").value(),
                json.instant("notBefore"),
                json.instant("expiresAt"),
                json.integer("sequence"),
                json.string("nonce"),
                event.object("event").value(),
                event.integer("index"),
                json.objects("approverAssertions").stream()
                        .map(Assertion::parse)
                        .toList());
    }

    public Json.Obj json() {
        return Json.object(
                "v", 1,
                "packageId", packageId,
                "organizationId", organization,
                "agentId", agent,
                "approvalRef", approvalRef,
                "planHash", planHash,
                "plan", plan,
                "step", step,
                "action", action,
                "notBefore", notBefore,
                "expiresAt", expiresAt,
                "sequence", sequence,
                "nonce", nonce,
                "approvalEvent", Json.object("index", eventIndex, "event", event),
                "approverAssertions", assertions.stream().map(Assertion::json).toList());
    }

    /** Signs it; whoever has the organization's action key can. */
    public DsseEnvelope sign(SigningKey actionKey) {
        return DsseEnvelope.sign(PAYLOAD_TYPE, json(), actionKey.published().keyId(), actionKey::sign);
    }

    public String type() {
        return action.string("type");
    }

    public Json.Obj parameters() {
        return action.object("parameters");
    }

    /** A member of the plan, JSON's null where it has none. */
    Json planMember(String name) {
        return plan.has(name) ? plan.member(name) : Json.Null.NULL;
    }

    /** Which step of which plan this is: what is done once. */
    public String stepRef() {
        return planHash + "/" + step;
    }
}
