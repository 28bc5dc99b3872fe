package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;

/**
 * A signed checkpoint with a second signature, by the organization's archive key (ML-DSA-65, FIPS 204): for the day on which
 * the first can be forged.
 *
 * @param signature base64 of the archive key's signature over the DSSE encoding of {@link #MEDIA_TYPE} and the checkpoint
 */
public record ArchivedCheckpoint(SignedNote checkpoint, String keyId, String signature) {
    /** What the archive key says that it signs. */
    public static final String MEDIA_TYPE = "application/vnd.nuxari.archived-checkpoint";

    private static final int FORMAT = 1;

    /**
     * Signs a checkpoint for the archive.
     *
     * @throws IllegalArgumentException if it is not signed with an archive key
     */
    public static ArchivedCheckpoint sign(SignedNote checkpoint, SigningKey archive) {
        if (archive.published().name() != KeyName.ARCHIVE) {
            throw new IllegalArgumentException("checkpoints are archived with the archive key, not with " + archive);
        }
        byte[] signature = archive.sign(signed(checkpoint));
        return new ArchivedCheckpoint(checkpoint, archive.published().keyId(), StrictBase64.encode(signature));
    }

    /**
     * Reads one; whether its signature is right is {@link #verify}'s question.
     *
     * @throws JsonException if the value is none of this version
     */
    public static ArchivedCheckpoint parse(Json.Obj json) {
        Located file = Located.root(json);
        file.requireMembers("v", "checkpoint", "keyId", "algorithm", "signature");
        if (file.integer("v") != FORMAT) {
            throw file.refuse("v", "this verifier reads version " + FORMAT);
        }
        if (file.constant("algorithm", Algorithm.class) != KeyName.ARCHIVE.algorithm()) {
            throw file.refuse(
                    "algorithm",
                    "the archive key is " + KeyName.ARCHIVE.algorithm().spelled());
        }
        return new ArchivedCheckpoint(
                file.read("checkpoint", SignedNote::parse), file.string("keyId"), file.string("signature"));
    }

    /** As it is kept beside the checkpoint. */
    public Json.Obj json() {
        return Json.object(
                "v",
                FORMAT,
                "checkpoint",
                checkpoint.encoded(),
                "keyId",
                keyId,
                "algorithm",
                KeyName.ARCHIVE.algorithm().spelled(),
                "signature",
                signature);
    }

    /** Whether the manifest's archive key has signed it. That the log has is {@link SignedNote#verify}'s question. */
    public Verification verify(KeyManifest manifest) {
        byte[] decoded;
        PublishedKey key;
        try {
            decoded = StrictBase64.decode(signature);
            key = manifest.key(KeyName.ARCHIVE);
        } catch (IllegalArgumentException e) {
            return new Refuted(String.valueOf(e.getMessage()));
        }
        return key.keyId().equals(keyId) && key.key().verifies(decoded, signed(checkpoint))
                ? new Verified()
                : new Refuted("the checkpoint is not signed by the archive key " + key.keyId());
    }

    private static byte[] signed(SignedNote checkpoint) {
        return Dsse.preAuthenticationEncoding(MEDIA_TYPE, checkpoint.encoded().getBytes(UTF_8));
    }
}
