package dev.nuxari.transparency;

/** Signs notes in one name. */
public record NoteSigner(String name, Ed25519PrivateKey key) {
    public NoteSigner {
        VerifierKey.requireName(name);
    }

    public VerifierKey verifierKey() {
        return new VerifierKey(name, key.publicKey());
    }
}
