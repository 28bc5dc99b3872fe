package dev.nuxari.server.keys;

/** What an organization's signing keys are for. */
public enum KeyName {
    /** Signs checkpoints of the log, evidence packages and key manifests. */
    LOG(Algorithm.ED25519),
    /** Signs action packages for edge agents. */
    ACTION(Algorithm.ED25519),
    /** The second signature on what is meant to outlive a decade. */
    ARCHIVE(Algorithm.ML_DSA_65),
    /** Signs exported files for verifiers that know Sigstore. */
    EXPORT(Algorithm.ECDSA_P256);

    private final Algorithm algorithm;

    KeyName(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** How a key signs. */
    public enum Algorithm {
        /** RFC 8032. Public keys are 32 raw bytes. */
        ED25519("ed25519"),
        /** FIPS 204. Public keys are X.509 SubjectPublicKeyInfo. */
        ML_DSA_65("ml-dsa-65"),
        /** FIPS 186-5 over P-256. Public keys are X.509 SubjectPublicKeyInfo. */
        ECDSA_P256("ecdsa-p256");

        private final String spelled;

        Algorithm(String spelled) {
            this.spelled = spelled;
        }

        /** The word in signatures and key manifests. */
        public String spelled() {
            return spelled;
        }
    }
}
