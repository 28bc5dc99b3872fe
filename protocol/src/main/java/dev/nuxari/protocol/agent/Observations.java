package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.Located;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an agent has seen on its host at one time.
 *
 * @param number counts up per agent, with gaps where the queue was full
 * @param source which collector or pack looked
 * @param complete whether these are all that it found
 */
public record Observations(
        OrganizationId organization,
        UUID agent,
        long number,
        Instant at,
        String source,
        int sourceVersion,
        boolean complete,
        List<Summary> summaries) {
    public static final String PAYLOAD_TYPE = "application/vnd.nuxari.agent-observations+json";

    /** The most summaries in one. */
    public static final int MOST = 1_000;

    public Observations {
        if (number < 1 || sourceVersion < 1 || !ValueType.Identifier.is(source) || summaries.size() > MOST) {
            throw new IllegalArgumentException(
                    "observations are counted, name their source, and are at most %d".formatted(MOST));
        }
        summaries = List.copyOf(summaries);
    }

    /**
     * Reads the payload of an envelope.
     *
     * @throws JsonException if it is not written as this version writes it
     */
    public static Observations parse(Json.Obj payload) {
        Located json = Located.root(payload);
        json.requireMembers(
                "v", "organizationId", "agentId", "number", "at", "source", "sourceVersion", "complete", "summaries");
        if (json.integer("v") != 1) {
            throw json.refuse("v", "version 1 is read");
        }
        try {
            return new Observations(
                    new OrganizationId(json.uuid("organizationId")),
                    json.uuid("agentId"),
                    json.integer("number"),
                    ValueType.Moment.of(json, "at"),
                    json.string("source"),
                    json.number("sourceVersion"),
                    json.bool("complete"),
                    json.objects("summaries").stream().map(Summary::parse).toList());
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new JsonException("", String.valueOf(e.getMessage()));
        }
    }

    public Json.Obj json() {
        return Json.object(
                "v", 1,
                "organizationId", organization,
                "agentId", agent,
                "number", number,
                "at", at,
                "source", source,
                "sourceVersion", sourceVersion,
                "complete", complete,
                "summaries", summaries.stream().map(Summary::json).toList());
    }

    public DsseEnvelope sign(Ed25519PrivateKey key) {
        return DsseEnvelope.sign(PAYLOAD_TYPE, json(), new AgentKey(key.publicKey()).thumbprint(), key::sign);
    }
}
