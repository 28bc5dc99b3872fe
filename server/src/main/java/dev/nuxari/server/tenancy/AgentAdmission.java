package dev.nuxari.server.tenancy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of an agent's token at the door. */
@SuppressWarnings("ArrayRecordComponent") // The bytes of a public key, handed on and compared by nobody.
public sealed interface AgentAdmission {
    /**
     * The token is good, for whoever has the key.
     *
     * @param firstUse whether nobody has used the token before
     * @param seenAt when the agent was last heard of
     */
    record Admitted(
            UUID agent,
            UUID token,
            byte[] publicKey,
            boolean firstUse,
            @Nullable Instant seenAt,
            Caller caller) implements AgentAdmission {}

    /**
     * The token was one.
     *
     * @param state the agent's
     * @param at when the token was replaced or taken away, if it was
     */
    record Ended(
            UUID agent,
            byte[] publicKey,
            String state,
            @Nullable Instant at) implements AgentAdmission {}

    /** No active organization has such a token. */
    record Unknown() implements AgentAdmission {}
}
