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
            findings.expect(
                    root.keys().stream().anyMatch(key::isSameKeyAs),
                    "/keys/keys",
                    "the trusted root does not have the %s key %s"
                            .formatted(key.name().spelled(), key.keyId()));
        }
    }
}
