package dev.nuxari.protocol;

import dev.nuxari.transparency.StrictBase64;
import java.time.Instant;
import java.util.List;

/** That the organization's keys signed the file. */
final class SigningChecks {
    private static final List<KeyName> SIGNERS = List.of(KeyName.LOG, KeyName.ARCHIVE);

    private SigningChecks() {}

    static void keys(EvidenceFile file, Findings findings) {
        KeyManifest keys = file.keys();
        findings.expect(
                keys.organization().toString().equals(file.root().string("organizationId")),
                "/keys/organizationId",
                "the keys belong to another organization");
        findings.expect(keys.verify(), "/keys");
    }

    static void signatures(EvidenceFile file, Findings findings) {
        KeyManifest keys = file.keys();
        List<Located> signatures = file.root().objects(EvidencePackage.SIGNATURES);
        findings.expect(
                signatures.size() == SIGNERS.size(),
                "/signatures",
                "expected %d signatures, found %d".formatted(SIGNERS.size(), signatures.size()));
        byte[] message = EvidencePackage.signedBytes(file.root().value());
        Instant sealedAt = file.root().instant("sealedAt");
        for (int i = 0; i < Math.min(signatures.size(), SIGNERS.size()); i++) {
            KeyName signer = SIGNERS.get(i);
            PublishedKey key = key(file, keys, signer);
            signature(signatures.get(i), key, message, findings);
            findings.expect(
                    !sealedAt.isBefore(key.notBefore()),
                    "/sealedAt",
                    "the package is older than the key that signed it");
        }
    }

    private static PublishedKey key(EvidenceFile file, KeyManifest keys, KeyName name) {
        return keys.keys().stream()
                .filter(published -> published.name() == name)
                .findFirst()
                .orElseThrow(() -> file.root().refuse("keys", "the manifest has no %s key".formatted(name.spelled())));
    }

    private static void signature(Located signature, PublishedKey key, byte[] message, Findings findings) {
        signature.requireMembers("keyId", "algorithm", "signature");
        findings.expect(
                signature.string("keyId").equals(key.keyId()),
                signature.at("keyId"),
                "expected the %s key, %s".formatted(key.name().spelled(), key.keyId()));
        findings.expect(
                signature.constant("algorithm", Algorithm.class) == key.key().algorithm(),
                signature.at("algorithm"),
                "the key signs with " + key.key().algorithm().spelled());
        byte[] bytes = signature.read("signature", StrictBase64::decode);
        findings.expect(
                key.key().verifies(bytes, message),
                signature.at("signature"),
                "the %s key has not signed this package".formatted(key.name().spelled()));
    }

    static void trustedRoot(EvidenceFile file, KeyManifest root, Findings findings) {
        findings.expect(root.verify(), "");
        KeyManifest keys = file.keys();
        findings.expect(
                keys.organization().equals(root.organization()),
                "/keys/organizationId",
                "the trusted root is of organization " + root.organization());
        for (KeyName signer : SIGNERS) {
            PublishedKey key = key(file, keys, signer);
            boolean present = root.find(signer).filter(key::isSameKeyAs).isPresent();
            findings.expect(present || root.findRetired(key).isPresent(), "/keys/keys", missing(root, keys, key));
        }
        root.findRetired(key(file, keys, KeyName.LOG))
                .ifPresent(retired -> findings.expect(
                        !file.root().instant("sealedAt").isAfter(retired.notAfter()),
                        "/sealedAt",
                        "the log key %s was replaced at %s, the package was sealed later"
                                .formatted(retired.key().keyId(), retired.notAfter())));
        findings.expect(LogChecks.vouchedFor(file, root), "/log/checkpoint");
    }

    /** Whoever trusts an older version can follow to a newer one, but not offline. */
    static String missing(KeyManifest root, KeyManifest keys, PublishedKey key) {
        String none = "the trusted root does not have the %s key %s"
                .formatted(key.name().spelled(), key.keyId());
        return keys.version() > root.version()
                ? none
                        + ": it is version %d of the keys, the file names version %d"
                                .formatted(root.version(), keys.version())
                : none;
    }
}
