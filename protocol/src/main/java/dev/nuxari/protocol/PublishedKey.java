package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.VerifierKey;
import java.time.Instant;
import java.util.Arrays;

/**
 * One key of a manifest.
 *
 * @param keyId the key id of C2SP signed-note for the name {@code <organizationId>/<name>}: eight hexadecimal digits, a hint
 *     which key to use and no proof of anything
 * @param notBefore nothing signed earlier is by this key
 */
public record PublishedKey(KeyName name, String keyId, VerificationKey key, Instant notBefore) {
    public PublishedKey {
        if (key.algorithm() != name.algorithm()) {
            throw new IllegalArgumentException("the %s key is %s".formatted(name.spelled(), name.algorithm()));
        }
    }

    /** Names a public key. */
    public static PublishedKey of(OrganizationId organization, KeyName name, VerificationKey key, Instant notBefore) {
        String keyName = organization + "/" + name.spelled();
        return new PublishedKey(
                name, VerifierKey.keyId(keyName, key.algorithm().noteType(), key.encoded()), key, notBefore);
    }

    Json.Obj json() {
        return Json.object(
                "keyId", keyId,
                "name", name.spelled(),
                "algorithm", key.algorithm().spelled(),
                "publicKey", StrictBase64.encode(key.encoded()),
                "notBefore", notBefore);
    }

    static PublishedKey parse(Located json) {
        json.requireMembers("keyId", "name", "algorithm", "publicKey", "notBefore");
        return read(json);
    }

    /** Reads the members that every key has; which others there may be is the caller's question. */
    static PublishedKey read(Located json) {
        VerificationKey key = json.read(
                "publicKey",
                text -> VerificationKey.of(json.constant("algorithm", Algorithm.class), StrictBase64.decode(text)));
        KeyName name = json.constant("name", KeyName.class);
        if (key.algorithm() != name.algorithm()) {
            throw json.refuse(
                    "algorithm",
                    "the %s key is %s"
                            .formatted(name.spelled(), name.algorithm().spelled()));
        }
        return new PublishedKey(name, json.string("keyId"), key, json.instant("notBefore"));
    }

    /** The key id that belongs to this key. */
    String expectedId(OrganizationId organization) {
        return of(organization, name, key, notBefore).keyId();
    }

    /** Whether both say the same of the same key. */
    boolean isPublishedAs(PublishedKey other) {
        return isSameKeyAs(other) && notBefore.equals(other.notBefore);
    }

    /** Whether both are the same key under the same name; when it became valid may have been written down differently. */
    boolean isSameKeyAs(PublishedKey other) {
        return name == other.name && keyId.equals(other.keyId) && Arrays.equals(key.encoded(), other.key.encoded());
    }
}
