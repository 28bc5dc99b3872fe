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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an organization, signed by its log key. A file with a manifest, got from a place one trusts, is the
 * root of trust of an offline verification.
 *
 * <p>The first one is of format 1. Each that follows another is of format 2: it names the log keys that were replaced, and its
 * predecessor's log key vouches for it, so that whoever trusts an older one can follow to the newest ({@link KeyChain}).
 *
 * @param retired the log keys before the present one, the oldest first
 * @param previous null for the first one
 * @param signature base64 of the log key's Ed25519 signature over the canonical manifest without this member
 */
public record KeyManifest(
        OrganizationId organization,
        int version,
        Instant issuedAt,
        List<PublishedKey> keys,
        List<RetiredKey> retired,
        @Nullable Predecessor previous,
        String signature) {
    private static final int FIRST_FORMAT = 1;
    private static final int FORMAT = 2;
    private static final String SIGNATURE = "signature";
    private static final String PREVIOUS = "previous";

    public KeyManifest {
        Set<KeyName> names = new HashSet<>();
        keys.forEach(key -> names.add(key.name()));
        if (names.size() != keys.size() || !names.contains(KeyName.LOG) || version < 1) {
            throw new IllegalArgumentException("a manifest has a log key, and each key once");
        }
        if (previous == null ? !retired.isEmpty() : previous.version() != version - 1) {
            throw new IllegalArgumentException("a manifest follows the version before, if any");
        }
        requireOrder(retired);
        keys = List.copyOf(keys);
        retired = List.copyOf(retired);
    }

    /** In order of time and size, which both only grow. */
    private static void requireOrder(List<RetiredKey> retired) {
        for (int i = 1; i < retired.size(); i++) {
            RetiredKey older = retired.get(i - 1);
            RetiredKey newer = retired.get(i);
            if (newer.notAfter().isBefore(older.notAfter()) || newer.treeSize() < older.treeSize()) {
                throw new IllegalArgumentException("the retired keys stand in the order in which they were replaced");
            }
        }
    }

    /** Signs a first manifest with the log key, which is one of its keys. */
    public static KeyManifest issue(
            OrganizationId organization, int version, Instant issuedAt, List<PublishedKey> keys, SigningKey log) {
        return new KeyManifest(organization, version, issuedAt, keys, List.of(), null, "").signedBy(log);
    }

    /**
     * The manifest that follows this one, with another log key.
     *
     * @param at when the key was replaced; nothing sealed later is by the outgoing one
     * @param treeSize how many entries the log had; no checkpoint over more is by the outgoing one
     */
    public KeyManifest handOver(Instant at, long treeSize, SigningKey outgoing, SigningKey incoming) {
        PublishedKey log = key(KeyName.LOG);
        if (!log.isSameKeyAs(outgoing.published())) {
            throw new IllegalArgumentException("a manifest is handed over by the log key that it names");
        }
        List<RetiredKey> older = new ArrayList<>(retired);
        older.add(new RetiredKey(log, at, treeSize));
        List<PublishedKey> changed = keys.stream()
                .map(key -> key.name() == KeyName.LOG ? incoming.published() : key)
                .toList();
        Predecessor unsigned = Predecessor.of(this, new byte[0]);
        KeyManifest next = new KeyManifest(organization, version + 1, at, changed, older, unsigned, "");
        Predecessor vouching = Predecessor.of(this, outgoing.sign(next.handedOverBytes()));
        return new KeyManifest(organization, version + 1, at, changed, older, vouching, "").signedBy(incoming);
    }

    private KeyManifest signedBy(SigningKey log) {
        if (!key(KeyName.LOG).isSameKeyAs(log.published())) {
            throw new IllegalArgumentException("a manifest is signed by the log key that it names");
        }
        String signed = StrictBase64.encode(log.sign(signedBytes()));
        return new KeyManifest(organization, version, issuedAt, keys, retired, previous, signed);
    }

    /**
     * Reads a manifest; whether its signature is right is {@link #verify}'s question.
     *
     * @throws JsonException if the value is no manifest of a format that is known here
     */
    public static KeyManifest parse(Json.Obj json) {
        return parse(Located.root(json));
    }

    static KeyManifest parse(Located json) {
        long format = json.integer("v");
        if (format != FIRST_FORMAT && format != FORMAT) {
            throw json.refuse("v", "this verifier reads versions %d and %d".formatted(FIRST_FORMAT, FORMAT));
        }
        boolean first = format == FIRST_FORMAT;
        json.requireMembers(members(first));
        OrganizationId organization = new OrganizationId(json.uuid("organizationId"));
        List<PublishedKey> keys =
                json.objects("keys").stream().map(PublishedKey::parse).toList();
        List<RetiredKey> retired = first
                ? List.of()
                : json.objects("retired").stream().map(RetiredKey::parse).toList();
        Predecessor previous = first ? null : Predecessor.parse(json.object(PREVIOUS));
        try {
            return new KeyManifest(
                    organization,
                    json.number("version"),
                    json.instant("issuedAt"),
                    keys,
                    retired,
                    previous,
                    json.string(SIGNATURE));
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw json.refuse("keys", String.valueOf(e.getMessage()));
        }
    }

    private static String[] members(boolean first) {
        Stream<String> always = Stream.of("v", "organizationId", "version", "issuedAt", "keys", SIGNATURE);
        Stream<String> more = first ? Stream.empty() : Stream.of("retired", PREVIOUS);
        return Stream.concat(always, more).toArray(String[]::new);
    }

    /** The manifest as it is published. */
    public Json.Obj json() {
        Json.Obj json = Json.object(
                "v",
                previous == null ? FIRST_FORMAT : FORMAT,
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
        return previous == null
                ? json
                : json.with("retired", retired.stream().map(RetiredKey::json).toList())
                        .with(PREVIOUS, previous.json());
    }

    /**
     * The key of this name.
     *
     * @throws IllegalArgumentException if the manifest has none
     */
    public PublishedKey key(KeyName name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("the manifest has no %s key".formatted(name.spelled())));
    }

    Optional<PublishedKey> find(KeyName name) {
        return keys.stream().filter(key -> key.name() == name).findFirst();
    }

    /** What became of a log key that was replaced. */
    Optional<RetiredKey> findRetired(PublishedKey log) {
        return retired.stream()
                .filter(candidate -> candidate.key().isSameKeyAs(log))
                .findFirst();
    }

    /** SHA-256 of the canonical list of keys, in hexadecimal digits: what two people compare to know they mean the same keys. */
    public String fingerprint() {
        return Sha256.hexOf(
                Json.of(keys.stream().map(PublishedKey::json).toList()).canonicalBytes());
    }

    /** SHA-256 of the canonical manifest, in hexadecimal digits: by which the next one names it. */
    public String hash() {
        return Sha256.hexOf(json().canonicalBytes());
    }

    /** Whether the manifest is signed by its own log key, and each key id belongs to its key. */
    public Verification verify() {
        Stream<PublishedKey> all = Stream.concat(keys.stream(), retired.stream().map(RetiredKey::key));
        Optional<PublishedKey> misnamed = all.filter(
                        key -> !key.expectedId(organization).equals(key.keyId()))
                .findFirst();
        if (misnamed.isPresent()) {
            return new Refuted("the key id of the %s key is %s"
                    .formatted(misnamed.get().name().spelled(), misnamed.get().expectedId(organization)));
        }
        if (findRetired(key(KeyName.LOG)).isPresent()) {
            return new Refuted("the log key is one that was replaced");
        }
        try {
            return key(KeyName.LOG).key().verifies(StrictBase64.decode(signature), signedBytes())
                    ? new Verified()
                    : new Refuted("the manifest is not signed by its log key");
        } catch (IllegalArgumentException e) {
            return new Refuted("the manifest's signature is not base64");
        }
    }

    /**
     * Whether this is the manifest that comes right after another: the other one's log key vouches for it, and every key of the
     * other one is still here as it was, or is the log key and retired.
     */
    public Verification follows(KeyManifest before) {
        return KeySuccession.check(before, this);
    }

    /** What the predecessor's log key signs. */
    byte[] handedOverBytes() {
        Json.Obj json = json();
        return json.without(SIGNATURE)
                .with(PREVIOUS, json.object(PREVIOUS).without(SIGNATURE))
                .canonicalBytes();
    }

    private byte[] signedBytes() {
        return json().without(SIGNATURE).canonicalBytes();
    }
}
