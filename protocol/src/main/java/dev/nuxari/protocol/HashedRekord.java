package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.transparency.StrictBase64;

/**
 * That a key has signed a file with this digest, as Sigstore's logs say it: the members of a {@code hashedrekord}, version
 * 0.0.2 (sigstore/rekor-tiles, {@code api/proto/rekor/v2/hashedrekord.proto}).
 *
 * <p>They stand in the audit event that records the signing, beside the event's own members. So one leaf of the log is both,
 * and a verifier that reads only its own kind of entry finds it.
 */
public final class HashedRekord {
    static final String KIND = "hashedrekord";
    static final String VERSION = "0.0.2";

    private final Json.Obj json;

    private HashedRekord(Json.Obj json) {
        this.json = json;
    }

    /** Signs the file. */
    public static HashedRekord sign(byte[] file, SigningKey export) {
        if (!(export.published().key() instanceof VerificationKey.EcdsaP256 key)) {
            throw new IllegalArgumentException(export + " is no ECDSA key");
        }
        return new HashedRekord(Json.object(
                "data", Json.object("algorithm", "SHA2_256", "digest", StrictBase64.encode(Sha256.of(file))),
                "signature",
                        Json.object(
                                "content", StrictBase64.encode(export.sign(file)),
                                "verifier",
                                        Json.object(
                                                "keyDetails",
                                                "PKIX_ECDSA_P256_SHA_256",
                                                "publicKey",
                                                Json.object("rawBytes", StrictBase64.encode(key.encoded()))))));
    }

    /** The event with the members {@code kind}, {@code apiVersion} and {@code spec}. */
    public Json.Obj within(Json.Obj event) {
        return event.with("kind", KIND).with("apiVersion", VERSION).with("spec", Json.object("hashedRekordV002", json));
    }

    static Json.Obj of(Json.Obj event) {
        return event.object("spec").object("hashedRekordV002");
    }
}
