package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import java.util.List;

/**
 * Evidence for verifiers that know Sigstore and not us: a bundle, version 0.3, and the trusted root it is verified with
 * (sigstore/protobuf-specs, {@code sigstore_bundle.proto} and {@code sigstore_trustroot.proto}).
 *
 * <p>The log has no clock of its own in it, so a verifier has to be content with no timestamp.
 */
public final class SigstoreBundle {
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public static final String TRUSTED_ROOT_MEDIA_TYPE = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";

    private static final byte[] X509_BEFORE_ED25519 = StrictBase64.decode("MCowBQYDK2VwAyEA"); // RFC 8410, section 10.1

    private SigstoreBundle() {}

    /**
     * The bundle that goes with a signed file.
     *
     * @param event the canonical audit event that {@link HashedRekord} is in; its index in the log is the proof's
     * @param checkpoint of the size that the proof is for
     */
    public static byte[] of(KeyManifest keys, Obj event, InclusionProof proof, SignedNote checkpoint) {
        Obj rekord = HashedRekord.of(event);
        Checkpoint head = Checkpoint.parse(checkpoint.text());
        String signature = rekord.object("signature").string("content");
        Obj entry = Json.object(
                "logIndex", Long.toString(proof.leafIndex()),
                "logId", Json.object("keyId", logId(keys, head.origin())),
                "kindVersion", Json.object("kind", HashedRekord.KIND, "version", HashedRekord.VERSION),
                "inclusionProof", inclusion(proof, head, checkpoint),
                "canonicalizedBody", StrictBase64.encode(event.canonicalBytes()));
        return Json.object(
                        "mediaType", MEDIA_TYPE,
                        "verificationMaterial",
                                Json.object(
                                        "publicKey", Json.object("hint", hint(keys)),
                                        "tlogEntries", List.of(entry)),
                        "messageSignature", Json.object("messageDigest", rekord.object("data"), "signature", signature))
                .canonicalBytes();
    }

    /** What a verifier has to trust: the log's key under the log's name. The file's key is {@link #publicKey}. */
    public static byte[] trustedRoot(KeyManifest keys, String origin) {
        PublishedKey log = keys.key(KeyName.LOG);
        Obj key = Json.object(
                "rawBytes", StrictBase64.encode(x509(log)),
                "keyDetails", "PKIX_ED25519",
                "validFor", Json.object("start", log.notBefore()));
        Obj id = Json.object("keyId", logId(keys, origin));
        return Json.object(
                        "mediaType", TRUSTED_ROOT_MEDIA_TYPE,
                        "tlogs",
                                List.of(Json.object(
                                        "baseUrl", "https://" + origin,
                                        "hashAlgorithm", "SHA2_256",
                                        "publicKey", key,
                                        "logId", id,
                                        "checkpointKeyId", id)),
                        "certificateAuthorities", List.of(),
                        "ctlogs", List.of(),
                        "timestampAuthorities", List.of())
                .canonicalBytes();
    }

    /** The key that signs files, as PEM (RFC 7468): the bundle names it by its key id. */
    public static byte[] publicKey(KeyManifest keys) {
        return "-----BEGIN PUBLIC KEY-----\n%s-----END PUBLIC KEY-----\n"
                .formatted(StrictBase64.encode(keys.key(KeyName.EXPORT).key().encoded())
                        .replaceAll("(.{1,64})", "$1\n"))
                .getBytes(UTF_8);
    }

    private static Obj inclusion(InclusionProof proof, Checkpoint head, SignedNote checkpoint) {
        return Json.object(
                "logIndex", Long.toString(proof.leafIndex()),
                "treeSize", Long.toString(proof.treeSize()),
                "rootHash", head.root().base64(),
                "hashes", proof.path().stream().map(MerkleHash::base64).toList(),
                "checkpoint", Json.object("envelope", checkpoint.encoded()));
    }

    private static String hint(KeyManifest keys) {
        return keys.key(KeyName.EXPORT).keyId();
    }

    /** A verifier compares its first four bytes with those before the checkpoint's signature (C2SP signed-note). */
    private static String logId(KeyManifest keys, String origin) {
        byte[] key = keys.key(KeyName.LOG).key().encoded();
        return StrictBase64.encode(Sha256.of((origin + "\n").getBytes(UTF_8), new byte[] {1}, key));
    }

    private static byte[] x509(PublishedKey log) {
        byte[] raw = log.key().encoded();
        byte[] encoded = new byte[X509_BEFORE_ED25519.length + raw.length];
        System.arraycopy(X509_BEFORE_ED25519, 0, encoded, 0, X509_BEFORE_ED25519.length);
        System.arraycopy(raw, 0, encoded, X509_BEFORE_ED25519.length, raw.length);
        return encoded;
    }
}
