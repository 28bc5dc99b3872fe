package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.StrictBase64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A payload with signatures over it and its type (DSSE, version 1).
 *
 * @param payload base64
 */
public record DsseEnvelope(String payloadType, String payload, List<Signature> signatures) {
    /**
     * One signature.
     *
     * @param keyId which key to try, and no proof of anything
     * @param signature base64
     */
    public record Signature(String keyId, String signature) {
        public Signature {
            StrictBase64.decode(signature);
        }
    }

    public DsseEnvelope {
        StrictBase64.decode(payload);
        signatures = List.copyOf(signatures);
    }

    /** Signs the canonical form of a value. */
    public static DsseEnvelope sign(String payloadType, Json payload, String keyId, UnaryOperator<byte[]> signer) {
        byte[] bytes = payload.canonicalBytes();
        byte[] signature = signer.apply(Dsse.preAuthenticationEncoding(payloadType, bytes));
        return new DsseEnvelope(
                payloadType, StrictBase64.encode(bytes), List.of(new Signature(keyId, StrictBase64.encode(signature))));
    }

    /**
     * Reads an envelope; verifies nothing.
     *
     * @throws dev.nuxari.kernel.JsonException if the value is none
     */
    public static DsseEnvelope parse(Json.Obj json) {
        Located envelope = Located.root(json);
        envelope.requireMembers("payload", "payloadType", "signatures");
        List<Signature> signatures = envelope.objects("signatures").stream()
                .map(DsseEnvelope::signature)
                .toList();
        String payload = envelope.read("payload", text -> StrictBase64.encode(StrictBase64.decode(text)));
        return new DsseEnvelope(envelope.string("payloadType"), payload, signatures);
    }

    private static Signature signature(Located json) {
        json.requireMembers("keyid", "sig");
        return new Signature(
                json.string("keyid"), json.read("sig", text -> StrictBase64.encode(StrictBase64.decode(text))));
    }

    /** What was signed, and nobody has verified yet. */
    public byte[] payloadBytes() {
        return StrictBase64.decode(payload);
    }

    /** Whether a signature is this key's. */
    public boolean isSignedBy(Signature signature, VerificationKey key) {
        return key.verifies(
                StrictBase64.decode(signature.signature()),
                Dsse.preAuthenticationEncoding(payloadType, payloadBytes()));
    }

    public Json.Obj json() {
        return Json.object(
                "payload",
                payload,
                "payloadType",
                payloadType,
                "signatures",
                signatures.stream()
                        .map(signature -> Json.object("keyid", signature.keyId(), "sig", signature.signature()))
                        .toList());
    }
}
