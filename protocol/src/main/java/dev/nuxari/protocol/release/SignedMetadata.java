package dev.nuxari.protocol.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.Located;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Metadata and the signatures over their canonical form (TUF, section 4.2.1). */
public record SignedMetadata(Json.Obj signed, List<Signature> signatures) {
    private static final int MOST_SIGNATURES = 64;

    /**
     * One signature.
     *
     * @param keyId which key is meant, and no proof of anything
     */
    public record Signature(String keyId, String hex) {}

    public SignedMetadata {
        signatures = List.copyOf(signatures);
    }

    /** Signs metadata with each of these keys. */
    public static SignedMetadata sign(Json.Obj signed, List<Ed25519PrivateKey> keys) {
        byte[] bytes = signed.canonicalBytes();
        return new SignedMetadata(
                signed,
                keys.stream()
                        .map(key -> new Signature(
                                new ReleaseKey(key.publicKey()).id(),
                                HexFormat.of().formatHex(key.sign(bytes))))
                        .toList());
    }

    /** Reads the form; verifies nothing. Empty if it is none. */
    public static Optional<SignedMetadata> read(byte[] bytes) {
        try {
            return Optional.of(parse(Json.parseObject(new String(bytes, UTF_8))));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static SignedMetadata parse(Json.Obj json) {
        Located envelope = Located.root(json);
        envelope.requireMembers("signed", "signatures");
        List<Located> signatures = envelope.objects("signatures");
        if (signatures.size() > MOST_SIGNATURES) {
            throw envelope.refuse("signatures", "too many");
        }
        return new SignedMetadata(
                json.object("signed"),
                signatures.stream()
                        .map(signature -> {
                            signature.requireMembers("keyid", "sig");
                            return new Signature(signature.string("keyid"), signature.string("sig"));
                        })
                        .toList());
    }

    /** What is signed, if it is of this role. */
    public Optional<Metadata> content(ReleaseRole role) {
        try {
            Located json = Located.root(signed);
            return Optional.of(
                    switch (role) {
                        case ROOT -> Root.parse(json);
                        case TARGETS -> Targets.parse(json);
                        case SNAPSHOT -> Snapshot.parse(json);
                        case TIMESTAMP -> Timestamp.parse(json);
                    });
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether enough different keys of the role have signed; what else is signed beside them counts for nothing. */
    boolean isSignedFor(ReleaseRole role, Root root) {
        RoleKeys wanted = root.keysOf(role);
        byte[] bytes = signed.canonicalBytes();
        long good = signatures.stream()
                .filter(signature -> wanted.keyIds().contains(signature.keyId()))
                .filter(signature -> isGood(signature, root, bytes))
                .map(Signature::keyId)
                .distinct()
                .count();
        return good >= wanted.threshold();
    }

    private static boolean isGood(Signature signature, Root root, byte[] bytes) {
        ReleaseKey key = root.keys().get(signature.keyId());
        try {
            return key != null && key.key().verifies(ReleaseKey.hex(signature.hex()), bytes);
        } catch (IllegalArgumentException e) {
            return false; // no hexadecimal digits
        }
    }

    public Json.Obj json() {
        return Json.object(
                "signed",
                signed,
                "signatures",
                signatures.stream()
                        .map(signature -> Json.object("keyid", signature.keyId(), "sig", signature.hex()))
                        .toList());
    }

    /** What a file of it holds. */
    public byte[] bytes() {
        return json().canonicalBytes();
    }
}
