package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.Algorithm;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.PublishedKey;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.server.keys.KeyName;
import dev.nuxari.server.keys.OrganizationKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The organization's signing keys as verifiers know them. */
@Component
public class LogKeys {
    private static final int FIRST_VERSION = 1;

    private final OrganizationKeys keys;
    private final KeyManifestStore manifests;
    private final OrganizationScope scope;

    LogKeys(OrganizationKeys keys, KeyManifestStore manifests, OrganizationScope scope) {
        this.keys = keys;
        this.manifests = manifests;
        this.scope = scope;
    }

    /** The log key with the manifest that names it. */
    public record Held(KeyManifest manifest, SigningKey log) {}

    /**
     * Makes the keys if there are none yet, and keeps the log key from being replaced until the open scope closes. Before anything
     * is appended, because the head would be locked meanwhile.
     */
    public void prepare(OrganizationId organization, Caller caller) {
        hold(organization, caller);
    }

    /**
     * The log key, which nobody replaces until the scope closes: what is signed with it in this scope is signed in time. Joins an
     * open scope, or opens one. Before anything is appended, as {@link #prepare}.
     */
    public Held hold(OrganizationId organization, Caller caller) {
        return scope.within(organization, caller, () -> {
            KeyManifest manifest = manifests.hold().orElseGet(() -> begin(organization, caller));
            return new Held(manifest, key(organization, caller, KeyName.LOG));
        });
    }

    private KeyManifest begin(OrganizationId organization, Caller caller) {
        List<SigningKey> all = Stream.of(KeyName.LOG, KeyName.ACTION, KeyName.ARCHIVE, KeyName.EXPORT)
                .map(name -> key(organization, caller, name))
                .toList();
        Instant issued = all.stream()
                .map(key -> key.published().notBefore())
                .max(Instant::compareTo)
                .orElseThrow();
        manifests.add(KeyManifest.issue(
                organization,
                FIRST_VERSION,
                issued,
                all.stream().map(SigningKey::published).toList(),
                all.getFirst()));
        return manifests.hold().orElseThrow();
    }

    /** The newest public keys, signed by the log key: what a verifier has to trust, and nothing else. */
    public KeyManifest manifest(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, manifests::newest)
                .orElseGet(() -> hold(organization, caller).manifest());
    }

    /** A manifest that was published earlier. */
    public Optional<KeyManifest> find(OrganizationId organization, Caller caller, int version) {
        return scope.reading(organization, caller, () -> manifests.find(version));
    }

    /** The key that signs checkpoints, evidence packages and the manifest itself; held as {@link #hold} says. */
    public SigningKey log(OrganizationId organization, Caller caller) {
        return hold(organization, caller).log();
    }

    /** Waits until nobody holds the log key any more. Nobody does then, until the open scope closes. */
    Held lock(OrganizationId organization, Caller caller) {
        KeyManifest newest = manifests.lock().orElseThrow();
        return new Held(newest, key(organization, caller, KeyName.LOG));
    }

    /**
     * Lets another log key take over from the one that is locked.
     *
     * @param treeSize how many entries the log has; nothing may be appended meanwhile
     */
    KeyManifest replace(Caller caller, Held outgoing, Instant at, long treeSize) {
        OrganizationId organization = outgoing.manifest().organization();
        SigningKey incoming = published(keys.replace(organization, caller, KeyName.LOG, at));
        KeyManifest next = outgoing.manifest().handOver(at, treeSize, outgoing.log(), incoming);
        manifests.add(next);
        return next;
    }

    /** The second key on what is meant to outlive a decade. */
    public SigningKey archive(OrganizationId organization, Caller caller) {
        return key(organization, caller, KeyName.ARCHIVE);
    }

    /** Signs exported files for verifiers that know Sigstore. */
    public SigningKey export(OrganizationId organization, Caller caller) {
        return key(organization, caller, KeyName.EXPORT);
    }

    /** Signs action packages for edge agents. */
    public SigningKey action(OrganizationId organization, Caller caller) {
        return key(organization, caller, KeyName.ACTION);
    }

    private SigningKey key(OrganizationId organization, Caller caller, KeyName name) {
        return published(keys.key(organization, caller, name));
    }

    private static SigningKey published(dev.nuxari.server.keys.SigningKey key) {
        var name = dev.nuxari.protocol.KeyName.valueOf(key.name().name());
        return new SigningKey(
                PublishedKey.of(
                        key.organization(),
                        name,
                        VerificationKey.of(algorithm(key.name()), key.publicKey()),
                        key.notBefore().truncatedTo(ChronoUnit.MILLIS)),
                key::sign);
    }

    private static Algorithm algorithm(KeyName name) {
        return switch (name.algorithm()) {
            case ED25519 -> Algorithm.ED25519;
            case ML_DSA_65 -> Algorithm.ML_DSA_65;
            case ECDSA_P256 -> Algorithm.ECDSA_P256;
        };
    }
}
