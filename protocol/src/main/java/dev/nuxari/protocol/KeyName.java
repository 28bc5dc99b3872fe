package dev.nuxari.protocol;

import dev.nuxari.kernel.Spelling;

/** What an organization's signing keys are for. */
public enum KeyName {
    /** Signs checkpoints of the log, evidence packages and key manifests. */
    LOG(Algorithm.ED25519),
    /** Signs action packages for edge agents. */
    ACTION(Algorithm.ED25519),
    /** The second signature on what is meant to outlive a decade. */
    ARCHIVE(Algorithm.ML_DSA_65),
    /** Signs exported files for verifiers that know Sigstore and not us. */
    EXPORT(Algorithm.ECDSA_P256);

    private final Algorithm algorithm;

    KeyName(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** The word in manifests. */
    public String spelled() {
        return Spelling.of(this);
    }
}
