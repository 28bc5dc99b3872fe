package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The public keys of an organization, signed by its log key. A file with a manifest, got from a place one trusts, is the
 * root of trust of an offline verification.
 *
 * @param signature base64 of the log key's Ed25519 signature over the canonical manifest without this member
 */
public record KeyManifest(
        OrganizationId organization, int version, Instant issuedAt, List<PublishedKey> keys, String signature) {
    private static final int FORMAT = 1;
    private static final String SIGNATURE = "signature";

    public KeyManifest {
        Set<KeyName> names = new HashSet<>();
        keys.forEach(key -> names.add(key.name()));
        if (names.size() != keys.size() || !names.contains(KeyName.LOG) || version < 1) {
            throw new IllegalArgumentException("a manifest has a log key, and each key once");
        }
        keys = List.copyOf(keys);
    }

    /** Signs a manifest with the log key, which is one of its keys. */
    public static KeyManifest issue(
            OrganizationId organization, int version, Instant issuedAt, List<PublishedKey> keys, SigningKey log) {
        KeyManifest unsigned = new KeyManifest(organization, version, issuedAt, keys, "");
        if (!unsigned.key(KeyName.LOG).isSameKeyAs(log.published())) {
            throw new IllegalArgumentException("a manifest is signed by the log key that it names");
        }
        byte[] signature = log.sign(unsigned.signedBytes());
        return new KeyManifest(organization, version, issuedAt, keys, StrictBase64.encode(signature));
    }

    /**
     * Reads a manifest; whether its signature is right is {@link #verify}'s question.
     *
     * @throws JsonException if the value is no manifest of this version
     */
    public static KeyManifest parse(Json.Obj json) {
        return parse(Located.root(json));
    }

    static KeyManifest parse(Located json) {
        json.requireMembers("v", "organizationId", "version", "issuedAt", "keys", SIGNATURE);
        if (json.integer("v") != FORMAT) {
            throw json.refuse("v", "this verifier reads version " + FORMAT);
        }
        OrganizationId organization = new OrganizationId(json.uuid("organizationId"));
        List<PublishedKey> keys =
                json.objects("keys").stream().map(PublishedKey::parse).toList();
        try {
            int version = Math.toIntExact(json.integer("version"));
            return new KeyManifest(organization, version, json.instant("issuedAt"), keys, json.string(SIGNATURE));
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw json.refuse("keys", String.valueOf(e.getMessage()));
        }
    }

    /** The manifest as it is published. */
    public Json.Obj json() {
        return Json.object(
                "v",
                FORMAT,
                "organizationId",
                organization,
                "version",
                version,
                "issuedAt",
                issuedAt,
                "keys",
                keys.stream().map(PublishedKey::json).toList(),
                SIGNATURE,
                signature);
    }

    /**
     * The key of this name.
     *
     * @throws IllegalArgumentException if the manifest has none
     */
    public PublishedKey key(KeyName name) {
        return keys.stream()
                .filter(key -> key.name() == name)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the manifest has no %s key".formatted(name.spelled())));
    }

    /** SHA-256 of the canonical list of keys, in hexadecimal digits: what two people compare to know they mean the same keys. */
    public String fingerprint() {
        return Sha256.hexOf(
                Json.of(keys.stream().map(PublishedKey::json).toList()).canonicalBytes());
    }

    /** Whether the manifest is signed by its own log key, and each key id belongs to its key. */
    public Verification verify() {
        for (PublishedKey key : keys) {
            PublishedKey expected = PublishedKey.of(organization, key.name(), key.key(), key.notBefore());
            if (!expected.keyId().equals(key.keyId())) {
                return new Refuted(
                        "the key id of the %s key is %s".formatted(key.name().spelled(), expected.keyId()));
            }
        }
        byte[] signed;
        try {
            signed = StrictBase64.decode(signature);
        } catch (IllegalArgumentException e) {
            return new Refuted("the manifest's signature is not base64");
        }
        return key(KeyName.LOG).key().verifies(signed, signedBytes())
                ? new Verified()
                : new Refuted("the manifest is not signed by its log key");
    }

    private byte[] signedBytes() {
        return json().without(SIGNATURE).canonicalBytes();
    }
}
