package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.protocol.agent.AgentKey;
import java.util.function.Function;

/**
 * What an agent has signed: by its key, of this type, canonical, of the closed schema of that type.
 *
 * @param hash of the envelope in canonical form
 */
record SignedMessage<T>(T content, Json.Obj envelope, String hash) {
    /**
     * Reads and verifies one.
     *
     * @throws ProblemException {@code agent-message-refused} if it is not all of that
     */
    static <T> SignedMessage<T> open(Json.Obj json, AgentKey key, String type, Function<Json.Obj, T> read) {
        try {
            DsseEnvelope envelope = DsseEnvelope.parse(json);
            if (!envelope.payloadType().equals(type) || !isSigned(envelope, key)) {
                throw refused("The envelope is not signed by this agent, or is of another type.");
            }
            String text = new String(envelope.payloadBytes(), UTF_8);
            Json.Obj payload = Json.parseObject(text);
            if (!payload.canonical().equals(text)) {
                throw refused("The payload is not in canonical form.");
            }
            return new SignedMessage<>(read.apply(payload), json, Sha256.hexOf(json.canonicalBytes()));
        } catch (JsonException e) {
            throw refused("The message has a part that the protocol does not know: " + e.getMessage());
        }
    }

    private static boolean isSigned(DsseEnvelope envelope, AgentKey key) {
        return envelope.signatures().size() == 1
                && envelope.signatures().getFirst().keyId().equals(key.thumbprint())
                && envelope.isSignedBy(envelope.signatures().getFirst(), new VerificationKey.Ed25519(key.key()));
    }

    static ProblemException refused(String why) {
        return new ProblemException(AgentProblem.AGENT_MESSAGE_REFUSED, why);
    }
}
