package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.Located;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent's signed word on what became of a package.
 *
 * @param number counts the agent's receipts from 1 without a gap
 * @param packageHash as {@link Delivery#hash} makes it
 * @param packageId empty when nobody could tell
 */
public record Receipt(
        OrganizationId organization,
        UUID agent,
        long number,
        Instant at,
        String packageHash,
        Optional<UUID> packageId,
        Ending ending) {
    public static final String PAYLOAD_TYPE = "application/vnd.nuxari.action-receipt+json";

    private static final ValueType.Digest DIGEST = new ValueType.Digest();

    /** How a package can end. */
    public enum Outcome {
        /** It was done. */
        CHANGED,
        /** It was so already. */
        UNCHANGED,
        /** The agent was stopped in the middle, and the host shows what was asked for. */
        RESOLVED_BY_OBSERVATION,
        /** The agent was stopped in the middle, and the host shows something else. */
        INTERRUPTED,
        /** It was tried and did not work. */
        FAILED,
        /** It was not taken. */
        REJECTED;

        /** Whether the step it was for is over, so that no other package may be for it. */
        public boolean endsStep() {
            return this != FAILED && this != REJECTED;
        }
    }

    /** Why something failed. */
    public enum Failure {
        /** The host did not let the agent. */
        REFUSED_BY_HOST,
        /** What it is about is not there. */
        NOT_FOUND,
        /** It took too long. */
        TIMED_OUT,
        /** It was done, and the host shows something else. */
        UNEXPECTED_STATE,
        /** The same, and what was before is there again. */
        UNDONE
    }

    /**
     * What happened.
     *
     * @param reason a {@link Rejection} or a {@link Failure} as it is spelled, else empty
     * @param startedAt null, as is the end, for what was rejected
     */
    public record Ending(
            Outcome outcome,
            Optional<String> reason,
            Optional<Summary> before,
            Optional<Summary> after,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        public Ending {
            boolean known = switch (outcome) {
                case REJECTED ->
                    reason.filter(text -> isOf(Rejection.class, text)).isPresent();
                case FAILED -> reason.filter(text -> isOf(Failure.class, text)).isPresent();
                case CHANGED, UNCHANGED, RESOLVED_BY_OBSERVATION, INTERRUPTED -> reason.isEmpty();
            };
            boolean timed = (startedAt == null) == (outcome == Outcome.REJECTED);
            if (!known || !timed || (startedAt == null) != (endedAt == null)) {
                throw new IllegalArgumentException("no package ends so");
            }
        }

        public static Ending rejected(Rejection reason) {
            return new Ending(
                    Outcome.REJECTED, Optional.of(reason.spelled()), Optional.empty(), Optional.empty(), null, null);
        }

        private static <E extends Enum<E>> boolean isOf(Class<E> type, String text) {
            try {
                Spelling.parse(type, text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    public Receipt {
        if (number < 1 || !DIGEST.admits(Json.of(packageHash))) {
            throw new IllegalArgumentException("receipts are counted from 1 and name their package by its hash");
        }
    }

    /**
     * Reads the payload of an envelope.
     *
     * @throws JsonException if it is not written as this version writes it
     */
    public static Receipt parse(Json.Obj payload) {
        Located json = Located.root(payload);
        json.requireMembers(
                "v",
                "organizationId",
                "agentId",
                "number",
                "at",
                "packageHash",
                "packageId",
                "outcome",
                "reason",
                "before",
                "after",
                "startedAt",
                "endedAt");
        if (json.integer("v") != 1) {
            throw json.refuse("v", "version 1 is read");
        }
        try {
            return new Receipt(
                    new OrganizationId(json.uuid("organizationId")),
                    json.uuid("agentId"),
                    json.integer("number"),
                    ValueType.Moment.of(json, "at"),
                    json.string("packageHash"),
                    json.optionalString("packageId").map(text -> json.uuid("packageId")),
                    ending(json));
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new JsonException("", String.valueOf(e.getMessage()));
        }
    }

    private static Ending ending(Located json) {
        return new Ending(
                json.constant("outcome", Outcome.class),
                json.optionalString("reason"),
                json.optionalObject("before").map(Summary::parse),
                json.optionalObject("after").map(Summary::parse),
                json.optionalString("startedAt")
                        .map(text -> ValueType.Moment.of(json, "startedAt"))
                        .orElse(null),
                json.optionalString("endedAt")
                        .map(text -> ValueType.Moment.of(json, "endedAt"))
                        .orElse(null));
    }

    public Json.Obj json() {
        return Json.object(
                "v", 1,
                "organizationId", organization,
                "agentId", agent,
                "number", number,
                "at", at,
                "packageHash", packageHash,
                "packageId", packageId.orElse(null),
                "outcome", ending.outcome(),
                "reason", ending.reason().orElse(null),
                "before", ending.before().map(Summary::json).orElse(null),
                "after", ending.after().map(Summary::json).orElse(null),
                "startedAt", ending.startedAt(),
                "endedAt", ending.endedAt());
    }

    public DsseEnvelope sign(Ed25519PrivateKey key) {
        return DsseEnvelope.sign(PAYLOAD_TYPE, json(), new AgentKey(key.publicKey()).thumbprint(), key::sign);
    }
}
