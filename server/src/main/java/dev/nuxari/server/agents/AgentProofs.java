package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.server.agents.SeenProofs.Answer;
import dev.nuxari.server.identity.PublicAddress;
import dev.nuxari.server.redaction.FingerprintKey;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * That whoever sends a request holds a key, at this moment (DPoP, RFC 9449). Each proof is good once on a node; what was made before the
 * node began to remember has to be said again, with a nonce. So has what comes from a host whose clock is wrong.
 */
@Component
class AgentProofs {
    static final String HEADER = "DPoP";

    /** How far two clocks may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final Duration NONCES_LAST = Duration.ofMinutes(5);
    private static final Duration REMEMBERED_FOR = NONCES_LAST.plus(SKEW);

    /** One agent makes a few in a minute, and a queue of receipts after weeks a few hundred. */
    private static final SeenProofs.Bounds MOST_REMEMBERED = new SeenProofs.Bounds(500_000, 2_000);

    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 16;

    private final PublicAddress address;
    private final FingerprintKey key;
    private final InstantSource clock;
    private final Instant since;
    private final SeenProofs seen;

    AgentProofs(PublicAddress address, FingerprintKey key, InstantSource clock) {
        this.address = address;
        this.key = key;
        this.clock = clock;
        this.since = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        this.seen = new SeenProofs(REMEMBERED_FOR, MOST_REMEMBERED, since);
    }

    /** What a proof is worth. */
    sealed interface Verdict {
        /** It is one, by this key; whether it was used before is asked when it is: {@link AgentProofs#use}. */
        record Proven(AgentProof proof) implements Verdict {}

        /** It may be one: it has to be said again with the nonce. */
        record SayAgain(String nonce) implements Verdict {}

        record Refuted() implements Verdict {}
    }

    Verdict judge(HttpServletRequest request, String token) {
        List<String> proofs = Collections.list(request.getHeaders(HEADER));
        if (proofs.size() != 1) {
            return new Verdict.Refuted();
        }
        var proven = new AgentProof.Request(request.getMethod(), target(request), token);
        return switch (AgentProof.verify(proofs.getFirst(), proven)) {
            case AgentProof.Refuted _ -> new Verdict.Refuted();
            case AgentProof.Proven(AgentProof proof) -> judge(proof);
        };
    }

    private Verdict judge(AgentProof proof) {
        Instant now = clock.instant();
        boolean isTimely = proof.nonce()
                .map(nonce -> isGood(nonce, proof, now))
                .orElseGet(() -> !proof.issuedAt().isBefore(since)
                        && Duration.between(proof.issuedAt(), now).abs().compareTo(SKEW) <= 0);
        if (!isTimely) {
            return new Verdict.SayAgain(nonce(proof, now.getEpochSecond()));
        }
        return new Verdict.Proven(proof);
    }

    /** Once its key is known to be an agent's or a host's: what strangers say would fill the memory. */
    Answer use(AgentProof proof) {
        return seen.take(proof.key().thumbprint(), proof.jti(), clock.instant());
    }

    /** How many proofs of a key are remembered. */
    int remembered(String thumbprint) {
        return seen.remembered(thumbprint);
    }

    private boolean isGood(String nonce, AgentProof proof, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException _) {
            return false;
        }
        if (bytes.length != Long.BYTES + MAC_BYTES) {
            return false;
        }
        long second = ByteBuffer.wrap(bytes).getLong();
        boolean isOurs = MessageDigest.isEqual(
                nonce.getBytes(US_ASCII), nonce(proof, second).getBytes(US_ASCII));
        return isOurs
                && second >= since.getEpochSecond()
                && second <= now.getEpochSecond()
                && second + NONCES_LAST.toSeconds() > now.getEpochSecond();
    }

    /** The second and a MAC over it and the key: nothing is stored, and every node of the installation knows it. */
    private String nonce(AgentProof proof, long second) {
        byte[] words = ("agent-nonce/" + second + "/" + proof.key().thumbprint()).getBytes(US_ASCII);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.current(), MAC));
            byte[] nonce = ByteBuffer.allocate(Long.BYTES + MAC_BYTES)
                    .putLong(second)
                    .put(Arrays.copyOf(mac.doFinal(words), MAC_BYTES))
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    /** As agents are told to reach the server: what a request says of its host, its sender has chosen. */
    private URI target(HttpServletRequest request) {
        String base = address.baseUrl().toString();
        return URI.create(base.substring(0, base.length() - 1) + request.getRequestURI());
    }
}
