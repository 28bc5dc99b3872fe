package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever makes releases, with all keys and all files at hand: can also say what no vendor would. Root needs two of three keys. */
public final class VendorInHand {
    public static final Instant FOUNDED = Instant.parse("2026-11-01T10:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a mirror has, by name. */
    public final Map<String, byte[]> files = new HashMap<>();

    private ReleaseKeys keys = newKeys();
    private int rootVersion;
    private int version;

    /** Every role's word is good until then. */
    public Instant expires = FOUNDED.plus(Duration.ofDays(30));

    public VendorInHand() {
        files.put("1.root.json", root(keys, List.of()));
        publish();
    }

    static ReleaseKeys newKeys() {
        return ReleaseKeys.generate(Map.of(ReleaseRole.ROOT, 3), RANDOM);
    }

    public ReleaseKeys keys() {
        return keys;
    }

    public byte[] shippedRoot() {
        return file("1.root.json");
    }

    public byte[] file(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IllegalStateException(name);
        }
        return bytes;
    }

    /** The next root, with other keys for all roles. */
    public void rotate() {
        ReleaseKeys next = newKeys();
        byte[] root = root(next, keys.of(ReleaseRole.ROOT));
        files.put(rootVersion + ".root.json", root);
        keys = next;
        publish();
    }

    /** A root of the next version with these keys, signed by them and by those. */
    byte[] root(ReleaseKeys named, List<Ed25519PrivateKey> also) {
        rootVersion++;
        return sign(
                rootOf(named).json(),
                Stream.concat(named.of(ReleaseRole.ROOT).stream(), also.stream())
                        .toList());
    }

    Root rootOf(ReleaseKeys named) {
        Map<String, ReleaseKey> all = new TreeMap<>();
        Map<ReleaseRole, RoleKeys> roles = new EnumMap<>(ReleaseRole.class);
        for (ReleaseRole role : ReleaseRole.values()) {
            List<ReleaseKey> own = named.of(role).stream()
                    .map(key -> new ReleaseKey(key.publicKey()))
                    .toList();
            own.forEach(key -> all.put(key.id(), key));
            roles.put(
                    role,
                    new RoleKeys(
                            own.stream().map(ReleaseKey::id).collect(Collectors.toSet()),
                            role == ReleaseRole.ROOT ? 2 : 1));
        }
        return new Root(rootVersion, expires, all, roles);
    }

    static byte[] sign(Json.Obj signed, List<Ed25519PrivateKey> keys) {
        return SignedMetadata.sign(signed, keys).bytes();
    }

    byte[] sign(Metadata metadata) {
        return sign(metadata.json(), keys.of(metadata.role()));
    }

    /** The next version of targets, snapshot and timestamp, with these releases. */
    public void publish(Release... releases) {
        version++;
        files.put(version + ".targets.json", sign(new Targets(version, expires, List.of(releases))));
        FileMeta targets = FileMeta.of(version, file(version + ".targets.json"));
        files.put(version + ".snapshot.json", sign(new Snapshot(version, expires, targets)));
        stamp(FileMeta.of(version, file(version + ".snapshot.json")));
    }

    void stamp(FileMeta snapshot) {
        files.put("timestamp.json", sign(new Timestamp(version, expires, snapshot)));
    }

    /** How the newest metadata of this role are called. */
    public String newest(String role) {
        return version + "." + role + ".json";
    }

    /** As a mirror does that has an old copy, or that has kept one. */
    public Map<String, byte[]> copy() {
        return new HashMap<>(files);
    }
}
