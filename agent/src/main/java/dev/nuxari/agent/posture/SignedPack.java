package dev.nuxari.agent.posture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.VerificationKey;
import java.util.Arrays;
import java.util.List;

/** A pack that came after the release: signed, and no older than what the host has had. */
public final class SignedPack {
    public static final String PAYLOAD_TYPE = "application/vnd.nuxari.posture-pack+json";

    /** The largest envelope that is looked at. */
    public static final int LARGEST = 1024 * 1024;

    private SignedPack() {}

    /** What becomes of it. */
    public sealed interface Answer {
        /** It may be used from now on. */
        record Taken(PosturePack pack) implements Answer {}

        /** It may not. */
        record Refused(String reason) implements Answer {}
    }

    /**
     * Judges an envelope.
     *
     * @param keys any of which may have signed it
     * @param newest the version that the host has
     * @param name the pack that is to be replaced
     */
    public static Answer read(String text, List<VerificationKey> keys, String name, int newest) {
        if (text.length() > LARGEST) {
            return new Answer.Refused("it is too large");
        }
        try {
            DsseEnvelope envelope = DsseEnvelope.parse(Json.parseObject(text));
            boolean signed = envelope.payloadType().equals(PAYLOAD_TYPE)
                    && envelope.signatures().size() == 1
                    && keys.stream()
                            .anyMatch(key ->
                                    envelope.isSignedBy(envelope.signatures().getFirst(), key));
            return signed
                    ? read(envelope.payloadBytes(), name, newest)
                    : new Answer.Refused("it is not signed by a key that this host trusts for packs");
        } catch (JsonException e) {
            return new Answer.Refused("it cannot be understood: " + e.getMessage());
        }
    }

    private static Answer read(byte[] payload, String name, int newest) {
        Json.Obj json = Json.parseObject(new String(payload, UTF_8));
        if (!Arrays.equals(json.canonicalBytes(), payload)) {
            return new Answer.Refused("it is not in canonical form");
        }
        PosturePack pack = PosturePack.parse(json);
        if (!pack.source().equals(name)) {
            return new Answer.Refused("it is the pack " + pack.source() + ", not " + name);
        }
        return pack.version() < newest
                ? new Answer.Refused(
                        "version %d is older than %d, which this host has had".formatted(pack.version(), newest))
                : new Answer.Taken(pack);
    }
}
