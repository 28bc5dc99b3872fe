package dev.nuxari.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Dsse;
import dev.nuxari.protocol.agent.AgentProof.Proven;
import dev.nuxari.protocol.agent.AgentProof.Refuted;
import dev.nuxari.protocol.agent.AgentProof.Request;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.Ed25519PublicKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Claim("E2")
class AgentProofTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final URI ADDRESS = URI.create("https://nuxari.example/agent/v1/packages?wait=60");
    private static final Request REQUEST = new Request("GET", ADDRESS, "nxa_token");

    private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
    private final String proof = AgentProof.make(key, REQUEST, NOW, Optional.of("n-1"));

    @Test
    void proofIsForItsRequest() {
        assertThat(AgentProof.verify(proof, REQUEST)).isInstanceOfSatisfying(Proven.class, proven -> {
            assertThat(proven.proof().key()).isEqualTo(new AgentKey(key.publicKey()));
            assertThat(proven.proof().issuedAt()).isEqualTo(NOW);
            assertThat(proven.proof().nonce()).contains("n-1");
        });
        assertThat(AgentProof.verify(
                        proof, new Request("GET", URI.create("https://nuxari.example/agent/v1/packages"), "nxa_token")))
                .as("the query is no part of it")
                .isInstanceOf(Proven.class);
    }

    @Test
    void proofIsForNoOtherRequest() {
        URI elsewhere = URI.create("https://nuxari.example/agent/v1/log");
        for (Request other : List.of(
                new Request("POST", ADDRESS, "nxa_token"),
                new Request("GET", elsewhere, "nxa_token"),
                new Request("GET", ADDRESS, "nxa_other"))) {
            assertThat(AgentProof.verify(proof, other)).isInstanceOf(Refuted.class);
        }
    }

    @Test
    void everyProofHasItsOwnId() {
        String again = AgentProof.make(key, REQUEST, NOW, Optional.empty());

        assertThat(((Proven) AgentProof.verify(again, REQUEST)).proof().jti())
                .isNotEqualTo(
                        ((Proven) AgentProof.verify(proof, REQUEST)).proof().jti());
    }

    @Test
    void alteredProofIsNone() {
        List<String> parts = List.of(proof.split("\\.", -1));
        String claims = new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8);
        String later = encoded(Json.parseObject(claims).with("iat", 1));

        assertThat(AgentProof.verify(parts.get(0) + "." + later + "." + parts.get(2), REQUEST))
                .isInstanceOf(Refuted.class);
        assertThat(AgentProof.verify(parts.get(0) + "." + parts.get(1), REQUEST))
                .isInstanceOf(Refuted.class);
        assertThat(AgentProof.verify(proof + "=", REQUEST)).isInstanceOf(Refuted.class);
        assertThat(AgentProof.verify("", REQUEST)).isInstanceOf(Refuted.class);
    }

    @Test
    void headerHasNothingThatIsNotChecked() {
        Json.Obj jwk = new AgentKey(key.publicKey()).jwk();
        for (Json.Obj head : List.of(
                Json.object("alg", "none", "jwk", jwk, "typ", "dpop+jwt"),
                Json.object("alg", "EdDSA", "jwk", jwk, "typ", "dpop+jwt"),
                Json.object("alg", "Ed25519", "jwk", jwk, "typ", "JWT"),
                Json.object("alg", "Ed25519", "jwk", jwk.with("d", "x"), "typ", "dpop+jwt"),
                Json.object("alg", "Ed25519", "jwk", jwk, "typ", "dpop+jwt", "kid", "x"))) {
            String text = encoded(head) + "." + List.of(proof.split("\\.", -1)).get(1);
            String signature = AgentKey.base64url(key.sign(text.getBytes(StandardCharsets.US_ASCII)));

            assertThat(AgentProof.verify(text + "." + signature, REQUEST))
                    .as("%s", head)
                    .isInstanceOf(Refuted.class);
        }
    }

    private static String encoded(Json.Obj json) {
        return AgentKey.base64url(json.canonicalBytes());
    }

    /** RFC 8037, appendix A.3. */
    @Test
    void thumbprintIsTheOneOfTheRfc() {
        byte[] published = AgentKey.fromBase64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

        assertThat(new AgentKey(new Ed25519PublicKey(published)).thumbprint())
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void threeUsesOfTheKeyBeginDifferently() {
        assertThat(proof).startsWith("eyJ");
        assertThat(new String(
                        Dsse.preAuthenticationEncoding(Receipt.PAYLOAD_TYPE, new byte[0]), StandardCharsets.UTF_8))
                .startsWith("DSSEv1 ");
    }
}
