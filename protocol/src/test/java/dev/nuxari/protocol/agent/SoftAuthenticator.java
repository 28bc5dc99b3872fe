package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/** A person's authenticator, in software. It signs what a page asks it to, as the page says. */
public final class SoftAuthenticator {
    public static final String RELYING_PARTY = "approve.example";
    public static final String ORIGIN = "https://approve.example";
    private static final byte PRESENT_AND_VERIFIED = 0x05;

    private final String id;
    private final String algorithm;
    private final KeyPair pair;

    private SoftAuthenticator(String id, String algorithm, KeyPair pair) {
        this.id = id;
        this.algorithm = algorithm;
        this.pair = pair;
    }

    public static SoftAuthenticator es256(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SoftAuthenticator(id, "es256", generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SoftAuthenticator ed25519(String id) {
        try {
            return new SoftAuthenticator(
                    id, "ed25519", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String credentialId() {
        return base64url(id.getBytes(UTF_8));
    }

    /** How a host's policy pins it. */
    public Json.Obj pinned() {
        return Json.object(
                "credentialId", credentialId(),
                "algorithm", algorithm,
                "publicKey", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    }

    /** Signs a plan as a person does who sees it on the right page. */
    public Assertion sign(PlanHash plan) {
        return sign(plan, clientData(plan), RELYING_PARTY, PRESENT_AND_VERIFIED);
    }

    static Json.Obj clientData(PlanHash plan) {
        return Json.object(
                "type",
                "webauthn.get",
                "challenge",
                base64url(HexFormat.of().parseHex(plan.hex())),
                "origin",
                ORIGIN,
                "crossOrigin",
                false);
    }

    Assertion sign(PlanHash plan, Json.Obj clientData, String relyingParty, byte flags) {
        byte[] data = ByteBuffer.allocate(37)
                .put(Sha256.of(relyingParty.getBytes(UTF_8)))
                .put(flags)
                .putInt(plan.hex().length())
                .array();
        byte[] client = clientData.canonicalBytes();
        byte[] signed = ByteBuffer.allocate(data.length + 32)
                .put(data)
                .put(Sha256.of(client))
                .array();
        return new Assertion(credentialId(), base64url(data), base64url(client), base64url(signature(signed)));
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm.equals("es256") ? "SHA256withECDSA" : "Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
