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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The organization's signing keys as verifiers know them. */
@Component
public class LogKeys {
    private static final int FIRST_VERSION = 1;

    private final OrganizationKeys keys;

    LogKeys(OrganizationKeys keys) {
        this.keys = keys;
    }

    /** Makes the keys if there are none yet. Before anything is appended, because the head would be locked meanwhile. */
    public void prepare(OrganizationId organization, Caller caller) {
        manifest(organization, caller);
    }

    /** The public keys, signed by the log key: what a verifier has to trust, and nothing else. */
    public KeyManifest manifest(OrganizationId organization, Caller caller) {
        List<SigningKey> all = Stream.of(KeyName.LOG, KeyName.ACTION, KeyName.ARCHIVE, KeyName.EXPORT)
                .map(name -> key(organization, caller, name))
                .toList();
        Instant issued = all.stream()
                .map(key -> key.published().notBefore())
                .max(Instant::compareTo)
                .orElseThrow();
        return KeyManifest.issue(
                organization,
                FIRST_VERSION,
                issued,
                all.stream().map(SigningKey::published).toList(),
                all.getFirst());
    }

    /** The key that signs checkpoints, evidence packages and the manifest itself. */
    public SigningKey log(OrganizationId organization, Caller caller) {
        return key(organization, caller, KeyName.LOG);
    }

    /** The second key on what is meant to outlive a decade. */
    public SigningKey archive(OrganizationId organization, Caller caller) {
        return key(organization, caller, KeyName.ARCHIVE);
    }

    /** Signs exported files for verifiers that know Sigstore. */
    public SigningKey export(OrganizationId organization, Caller caller) {
        return key(organization, caller, KeyName.EXPORT);
    }

    private SigningKey key(OrganizationId organization, Caller caller, KeyName name) {
        var key = keys.key(organization, caller, name);
        var published = dev.nuxari.protocol.KeyName.valueOf(name.name());
        return new SigningKey(
                PublishedKey.of(
                        organization,
                        published,
                        VerificationKey.of(algorithm(name), key.publicKey()),
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
