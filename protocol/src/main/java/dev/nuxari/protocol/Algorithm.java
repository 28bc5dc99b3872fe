package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.Spelling;
import java.nio.ByteBuffer;

/** How a key signs. */
public enum Algorithm {
    /** RFC 8032. A public key is its 32 raw bytes. */
    ED25519,
    /** FIPS 204, with an empty context. A public key is its X.509 SubjectPublicKeyInfo (RFC 9881). */
    ML_DSA_65,
    /** FIPS 186-5 over P-256 with SHA-256, a signature in DER. A public key is its X.509 SubjectPublicKeyInfo (RFC 5480). */
    ECDSA_P256;

    private static final byte NOTE_ED25519 = 0x01;
    private static final byte NOTE_UNASSIGNED = (byte) 0xff;

    /** The word in manifests and signatures. */
    public String spelled() {
        return Spelling.of(this);
    }

    /** The signature type of C2SP signed-note, which a key id covers: a number, or 0xff and a name where there is none. */
    byte[] noteType() {
        return switch (this) {
            case ED25519 -> new byte[] {NOTE_ED25519};
            case ML_DSA_65, ECDSA_P256 -> {
                byte[] name = spelled().getBytes(US_ASCII);
                yield ByteBuffer.allocate(1 + name.length)
                        .put(NOTE_UNASSIGNED)
                        .put(name)
                        .array();
            }
        };
    }
}
