package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * SCRAM-SHA-256 (RFC 7677) as PostgreSQL has it: what it stores of a password, and how both sides prove to each other that they know
 * it. The password itself is in neither. Passwords that are not ASCII are taken as they are.
 */
final class Scram {
    static final String MECHANISM = "SCRAM-SHA-256";

    private static final int ITERATIONS = 4096;

    /** Above it somebody wants us to calculate for ever. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private static final int BYTES = 32;
    private static final Pattern CHALLENGE = Pattern.compile("r=([!-+\\--~]+),s=([A-Za-z0-9+/=]+),i=([0-9]{1,7})");

    private final String password;
    private final String begin;
    private final String nonce;
    private byte[] serverSignature = {};

    /** One attempt to prove the knowledge of a password. */
    Scram(String password, SecureRandom random) {
        this.password = password;
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        this.nonce = Base64.getEncoder().encodeToString(bytes);
        this.begin = "n=,r=" + nonce;
    }

    /** What PostgreSQL stores in place of the password. */
    static String verifier(String password, SecureRandom random) throws IOException {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        byte[] salted = salted(password, salt, ITERATIONS);
        Base64.Encoder base64 = Base64.getEncoder();
        return "%s$%d:%s$%s:%s"
                .formatted(
                        MECHANISM,
                        ITERATIONS,
                        base64.encodeToString(salt),
                        base64.encodeToString(sha256(mac(salted, "Client Key"))),
                        base64.encodeToString(mac(salted, "Server Key")));
    }

    String first() {
        return "n,," + begin;
    }

    /** The proof, for the server's challenge. */
    String last(String challenge) throws IOException {
        Matcher read = CHALLENGE.matcher(challenge);
        if (!read.matches() || !read.group(1).startsWith(nonce) || read.group(1).length() == nonce.length()) {
            throw new IOException("the server's challenge is none");
        }
        int iterations = Integer.parseInt(read.group(3));
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IOException("the server wants " + iterations + " iterations");
        }
        byte[] salted = salted(password, salt(read.group(2)), iterations);
        String answer = "c=biws,r=" + read.group(1);
        String exchanged = begin + "," + challenge + "," + answer;
        byte[] clientKey = mac(salted, "Client Key");
        byte[] proof = mac(sha256(clientKey), exchanged);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = mac(mac(salted, "Server Key"), exchanged);
        return answer + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    private static byte[] salt(String text) throws IOException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("the server's salt is none", e);
        }
    }

    /** Whether the server knows what it has to know of the password: another program on the socket does not. */
    boolean isAnsweredBy(String ending) {
        byte[] expected = ("v=" + Base64.getEncoder().encodeToString(serverSignature)).getBytes(US_ASCII);
        return serverSignature.length > 0 && MessageDigest.isEqual(expected, ending.getBytes(US_ASCII));
    }

    private static byte[] salted(String password, byte[] salt, int iterations) throws IOException {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, BYTES * Byte.SIZE))
                    .getEncoded();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("no such password can be proven", e);
        }
    }

    private static byte[] mac(byte[] key, String text) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) throws IOException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
