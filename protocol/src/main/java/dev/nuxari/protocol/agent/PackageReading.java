package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.PublishedKey;
import java.util.Arrays;
import java.util.Optional;

/** What came of reading an envelope. Nothing in it is looked at before its signature was verified. */
sealed interface PackageReading {
    /** The action key has signed it. */
    record Authentic(ActionPackage order) implements PackageReading {}

    /** It says nothing that could be looked at further. */
    record Unread(Rejection reason) implements PackageReading {}

    static PackageReading of(Delivery delivery, PublishedKey key) {
        if (delivery.envelope().canonicalBytes().length > PackageJudgement.LARGEST) {
            return new Unread(Rejection.OVERSIZED);
        }
        if (!(delivery.envelope() instanceof Json.Obj object)) {
            return new Unread(Rejection.MALFORMED);
        }
        try {
            DsseEnvelope envelope = DsseEnvelope.parse(object);
            return objection(envelope, key)
                    .<PackageReading>map(Unread::new)
                    .orElseGet(() -> read(envelope.payloadBytes()));
        } catch (JsonException e) {
            return new Unread(Rejection.MALFORMED);
        }
    }

    private static Optional<Rejection> objection(DsseEnvelope envelope, PublishedKey key) {
        if (envelope.signatures().size() != 1) {
            return Optional.of(Rejection.UNSIGNED);
        }
        DsseEnvelope.Signature signature = envelope.signatures().getFirst();
        if (!signature.keyId().equals(key.keyId())) {
            return Optional.of(Rejection.UNKNOWN_KEY);
        }
        if (!envelope.isSignedBy(signature, key.key())) {
            return Optional.of(Rejection.ALTERED);
        }
        return envelope.payloadType().equals(ActionPackage.PAYLOAD_TYPE)
                ? Optional.empty()
                : Optional.of(Rejection.MALFORMED);
    }

    private static PackageReading read(byte[] payload) {
        String text = new String(payload, UTF_8);
        if (Nesting.of(text) > Nesting.DEEPEST) {
            return new Unread(Rejection.DEEPLY_NESTED);
        }
        Json.Obj json = Json.parseObject(text);
        return Arrays.equals(json.canonicalBytes(), payload)
                ? new Authentic(ActionPackage.parse(json))
                : new Unread(Rejection.MALFORMED);
    }
}
