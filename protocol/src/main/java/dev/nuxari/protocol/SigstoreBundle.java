package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import java.util.List;
import java.util.stream.Stream;

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
                "logId", Json.object("keyId", logId(signer(keys, head.origin(), checkpoint), head.origin())),
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

    /**
     * What a verifier has to trust: the log's keys under the log's name, those too that were replaced, because what they signed
     * still stands. The file's key is {@link #publicKey}.
     */
    public static byte[] trustedRoot(KeyManifest keys, String origin) {
        Stream<Obj> retired = keys.retired().reversed().stream()
                .map(key -> tlog(key.key(), origin, validity(key.key()).with("end", key.notAfter())));
        PublishedKey log = keys.key(KeyName.LOG);
        Stream<Obj> current = Stream.of(tlog(log, origin, validity(log)));
        return Json.object(
                        "mediaType", TRUSTED_ROOT_MEDIA_TYPE,
                        "tlogs", Stream.concat(current, retired).toList(),
                        "certificateAuthorities", List.of(),
                        "ctlogs", List.of(),
                        "timestampAuthorities", List.of())
                .canonicalBytes();
    }

    private static Obj validity(PublishedKey log) {
        return Json.object("start", log.notBefore());
    }

    private static Obj tlog(PublishedKey log, String origin, Obj validFor) {
        Obj id = Json.object("keyId", logId(log, origin));
        return Json.object(
                "baseUrl",
                "https://" + origin,
                "hashAlgorithm",
                "SHA2_256",
                "publicKey",
                Json.object(
                        "rawBytes", StrictBase64.encode(x509(log)), "keyDetails", "PKIX_ED25519", "validFor", validFor),
                "logId",
                id,
                "checkpointKeyId",
                id);
    }

    /** By the key id in the checkpoint, which the verifier looks for too. */
    private static PublishedKey signer(KeyManifest keys, String origin, SignedNote checkpoint) {
        List<String> ids =
                checkpoint.signatures().stream().map(NoteSignature::keyId).toList();
        return Stream.concat(
                        Stream.of(keys.key(KeyName.LOG)),
                        keys.retired().stream().map(RetiredKey::key))
                .filter(log -> ids.contains(LogIdentity.verifier(log, origin).keyId()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of the log's keys has signed the checkpoint"));
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
    private static String logId(PublishedKey log, String origin) {
        byte[] key = log.key().encoded();
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
