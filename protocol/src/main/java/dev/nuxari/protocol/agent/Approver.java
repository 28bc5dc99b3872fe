package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.Algorithm;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.StrictBase64;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A person whose signature a host accepts.
 *
 * @param id the host's own name for the person
 * @param member the person's reference in plans, so that nobody signs for themselves
 */
record Approver(String id, Optional<String> member, List<Credential> credentials) {
    /** A key that the person's authenticator has, by the id it is known by. */
    record Credential(String id, VerificationKey key) {
        private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

        private static Credential parse(Located json) {
            json.requireMembers("credentialId", "algorithm", "publicKey");
            String algorithm = json.string("algorithm");
            VerificationKey key = json.read("publicKey", text -> key(algorithm, StrictBase64.decode(text)));
            return new Credential(json.read("credentialId", Assertion.RESPELLED), key);
        }

        private static VerificationKey key(String algorithm, byte[] subjectPublicKeyInfo) {
            return switch (algorithm) {
                case "es256" -> VerificationKey.of(Algorithm.ECDSA_P256, subjectPublicKeyInfo);
                case "ed25519" -> ed25519(subjectPublicKeyInfo);
                default -> throw new JsonException("/algorithm", "es256 or ed25519");
            };
        }

        private static VerificationKey ed25519(byte[] subjectPublicKeyInfo) {
            int head = ED25519_HEAD.length;
            if (subjectPublicKeyInfo.length < head
                    || !Arrays.equals(ED25519_HEAD, Arrays.copyOf(subjectPublicKeyInfo, head))) {
                throw new IllegalArgumentException("not a SubjectPublicKeyInfo of an Ed25519 key");
            }
            byte[] raw = Arrays.copyOfRange(subjectPublicKeyInfo, head, subjectPublicKeyInfo.length);
            return VerificationKey.of(Algorithm.ED25519, raw);
        }
    }

    static Approver parse(Located json) {
        boolean named = json.value().has("member");
        json.requireMembers(named ? new String[] {"id", "member", "credentials"} : new String[] {"id", "credentials"});
        List<Credential> credentials =
                json.objects("credentials").stream().map(Credential::parse).toList();
        if (credentials.isEmpty()) {
            throw json.refuse("credentials", "an approver has at least one");
        }
        return new Approver(
                json.string("id"), named ? Optional.of(json.string("member")) : Optional.empty(), credentials);
    }

    Optional<VerificationKey> key(String credentialId) {
        return credentials.stream()
                .filter(credential -> credential.id().equals(credentialId))
                .map(Credential::key)
                .findFirst();
    }
}
