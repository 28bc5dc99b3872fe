package dev.nuxari.agent.rehearsal;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.PublishedKey;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** An organization with keys of its own and a log of one entry, which are forgotten when this process ends. */
final class PlatformOfAMoment {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    private final OrganizationId organization = new OrganizationId(UuidV7.at(now));
    private final UUID agent = UuidV7.at(now);
    private final KeyManifest manifest;
    private final String checkpoint;

    PlatformOfAMoment() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(RANDOM);
        SigningKey log = signing(KeyName.LOG, key);
        SigningKey action = signing(KeyName.ACTION, Ed25519PrivateKey.generate(RANDOM));
        this.manifest = KeyManifest.issue(organization, 1, now, List.of(log.published(), action.published()), log);
        String origin = "localhost/log/" + organization;
        MerkleHash root = MerkleHash.leaf(manifest.json().canonicalBytes());
        this.checkpoint = new Checkpoint(origin, 1, root)
                .sign(new NoteSigner(origin, key))
                .encoded();
    }

    private SigningKey signing(KeyName name, Ed25519PrivateKey key) {
        VerificationKey verification = new VerificationKey.Ed25519(key.publicKey());
        return new SigningKey(PublishedKey.of(organization, name, verification, now), key::sign);
    }

    String fingerprint() {
        return manifest.fingerprint();
    }

    /** What the server of {@code docs/formats/agent.md} answers that has nothing to be done. */
    Json.Obj answer(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
        return switch (name) {
            case "keys" -> log("organizationId", organization, List.of(manifest.json()));
            case "enroll" ->
                Json.object("v", 1, "agentId", agent, "organizationId", organization, "token", "nxa_of-a-moment")
                        .with("serverTime", CLOCK.instant());
            case "packages" ->
                log("serverTime", CLOCK.instant(), List.of())
                        .with("consistency", List.of())
                        .with("deliveries", List.of())
                        .with("rotateToken", false);
            default -> Json.object("v", 1, "taken", 0);
        };
    }

    private Json.Obj log(String name, Object value, List<Json.Obj> manifests) {
        return Json.object("v", 1, name, value, "manifests", manifests, "checkpoint", checkpoint);
    }
}
