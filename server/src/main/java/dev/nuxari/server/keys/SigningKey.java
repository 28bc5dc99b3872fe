package dev.nuxari.server.keys;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A key that signs in the name of one organization. Its private half can be used and not be read. */
public final class SigningKey {
    private final OrganizationId organization;
    private final KeyName name;
    private final Bytes publicKey;
    private final Instant notBefore;
    private final UnaryOperator<byte[]> signer;

    SigningKey(
            OrganizationId organization,
            KeyName name,
            Bytes publicKey,
            Instant notBefore,
            UnaryOperator<byte[]> signer) {
        this.organization = organization;
        this.name = name;
        this.publicKey = publicKey;
        this.notBefore = notBefore;
        this.signer = signer;
    }

    public OrganizationId organization() {
        return organization;
    }

    public KeyName name() {
        return name;
    }

    public KeyName.Algorithm algorithm() {
        return name.algorithm();
    }

    /** The public half, encoded as its algorithm says. */
    public byte[] publicKey() {
        return publicKey.toArray();
    }

    public Instant notBefore() {
        return notBefore;
    }

    /** Signs; several threads may at once. */
    public byte[] sign(byte[] message) {
        return signer.apply(message);
    }

    @Override
    public String toString() {
        return "the " + name + " key of " + organization;
    }
}
