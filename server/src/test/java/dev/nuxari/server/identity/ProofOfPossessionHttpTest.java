package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tokens that are bound to a key (RFC 9449): of no use to whoever has found one. */
@ServerTest
@Claim("I6")
class ProofOfPossessionHttpTest {
    private static final String ME = "/api/v1/me";
    private static final String HERE = "http://localhost:8080" + ME;

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    private ECKey key = key();
    private String token = "";

    @BeforeEach
    void givenATokenThatIsBoundToAKey() throws JOSEException {
        key = key();
        token = boundTo(key.computeThumbprint());
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void whoeverHoldsTheKeyIsLetIn() {
        assertThat(shown(proof(claims -> claims)).status()).isEqualTo(200);
    }

    @Test
    void proofIsOfNoUseTwice() {
        String proof = proof(claims -> claims);

        assertThat(shown(proof).status()).isEqualTo(200);
        assertRefused(shown(proof));
        assertThat(shown(proof(claims -> claims)).status()).isEqualTo(200);
    }

    @Test
    void proofIsForOneMethodAndOneAddressOfThisServer() {
        assertRefused(shown(proof(claims -> claims.claim("htm", "POST"))));
        assertRefused(shown(proof(claims -> claims.claim("htm", null))));
        assertRefused(shown(proof(claims -> claims.claim("htu", "http://localhost:8080/api/v1/organizations"))));
        assertRefused(shown(proof(claims -> claims.claim("htu", "https://nuxari.evil.example" + ME))));
        assertRefused(shown(proof(claims -> claims.claim("htu", null))));
    }

    @Test
    void proofIsOfThisMoment() {
        Instant now = clock.instant();

        assertRefused(shown(proof(claims -> claims.issueTime(Date.from(now.minusSeconds(40))))));
        assertRefused(shown(proof(claims -> claims.issueTime(Date.from(now.plusSeconds(40))))));
        assertRefused(shown(proof(claims -> claims.issueTime(null))));
        assertRefused(shown(proof(claims -> claims.jwtID(null))));
        String kept = proof(claims -> claims);
        clock.advance(Duration.ofSeconds(40));
        assertRefused(shown(kept));
    }

    @Test
    void proofIsForThisToken() {
        String other = boundTo(thumbprint(key), claims -> claims.claim("nonsense", "x"));

        assertRefused(shown(other, proof(claims -> claims)));
        assertRefused(shown(proof(claims -> claims.claim("ath", null))));
    }

    @Test
    void keyIsTheOneOfTheToken() {
        ECKey another = key();

        assertRefused(shown(sign(claims(), head(another), signer(another))));
        assertRefused(shown(sign(claims(), head(key), signer(another))));
    }

    /** A key in the header that signs what everybody could sign, or that should never have been sent. */
    @Test
    void proofIsSignedWithAKeyThatIsNotSharedAndNotSent() throws JOSEException, GeneralSecurityException {
        var shared = new OctetSequenceKey.Builder(new byte[32]).build();
        String symmetric = signingInput("HS256", shared.toString());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        assertRefused(shown(
                boundTo(shared.computeThumbprint()),
                symmetric + "." + Base64URL.encode(mac.doFinal(symmetric.getBytes(US_ASCII)))));

        assertRefused(shown(signingInput("none", key.toPublicJWK().toString()) + "."));

        String sent = signingInput("ES256", key.toString());
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.toPrivateKey());
        signature.update(sent.getBytes(US_ASCII));
        assertRefused(shown(sent + "." + Base64URL.encode(signature.sign())));
    }

    /** What the library would not write. */
    private String signingInput(String algorithm, String jwk) {
        String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"dpop+jwt\",\"jwk\":" + jwk + "}";
        return Base64URL.encode(header) + "." + Base64URL.encode(claims().toString());
    }

    @Test
    void proofIsOfItsOwnKind() {
        var plain = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .jwk(key.toPublicJWK())
                .build();

        assertRefused(shown(sign(claims(), plain, signer(key))));
    }

    @Test
    void boundTokenIsNoBearerToken() {
        assertRefused(http.withToken(token).get(ME));
        assertRefused(
                http.withToken(token).with("DPoP", proof(claims -> claims)).get(ME));
        assertRefused(http.anonymous().with("Authorization", "DPoP " + token).get(ME));
        assertRefused(http.anonymous()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof(claims -> claims))
                .with("DPoP", proof(claims -> claims))
                .get(ME));
    }

    @Test
    void tokenSaysOfWhichKindItIs() {
        assertRefused(
                shown(boundTo(thumbprint(key), claims -> claims.claim("typ", "Bearer")), proof(claims -> claims)));
        assertRefused(http.withToken(boundTo(thumbprint(key), claims -> claims.claim("cnf", null)))
                .get(ME));
    }

    /** Or who has a token of somebody could bring a key of their own. */
    @Test
    void bearerTokenIsNoBoundToken() {
        assertRefused(shown(
                TestBroker.instance().token(TestOrganization.fresh().member(Role.OWNER)), proof(claims -> claims)));
    }

    @Test
    void tokenThatIsBoundToSomethingElseIsNone() {
        String toACertificate = TestBroker.instance()
                .token(
                        TestOrganization.fresh().member(Role.OWNER),
                        claims -> claims.claim("typ", "DPoP")
                                .claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")));

        assertRefused(http.withToken(toACertificate).get(ME));
        assertRefused(shown(toACertificate, proof(claims -> claims)));
    }

    @Test
    void refusalSaysWhichProofsThereAre() {
        assertThat(http.anonymous().get(ME).response().headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer", "DPoP algs=\"ES256 RS256 PS256\"");
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Base64URL thumbprint(JWK key) {
        try {
            return key.computeThumbprint();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String boundTo(Base64URL thumbprint) {
        return boundTo(thumbprint, claims -> claims);
    }

    private static String boundTo(Base64URL thumbprint, UnaryOperator<JWTClaimsSet.Builder> change) {
        return TestBroker.instance()
                .token(
                        TestOrganization.fresh().member(Role.OWNER),
                        claims -> change.apply(claims.claim("typ", "DPoP")
                                .claim("cnf", Map.of("jkt", thumbprint.toString(), "jkt_type", "x"))));
    }

    private JWTClaimsSet claims() {
        return builder().build();
    }

    private JWTClaimsSet.Builder builder() {
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", "GET")
                .claim("htu", HERE)
                .issueTime(Date.from(clock.instant()))
                .claim(
                        "ath",
                        Base64URL.encode(Sha256.of(token.getBytes(US_ASCII))).toString());
    }

    private String proof(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(change.apply(builder()).build(), head(key), signer(key));
    }

    private static JWSHeader head(ECKey of) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(of.toPublicJWK())
                .build();
    }

    private static JWSSigner signer(ECKey of) {
        try {
            return new ECDSASigner(of);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) {
        try {
            var proof = new SignedJWT(header, claims);
            proof.sign(signer);
            return proof.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer shown(String proof) {
        return shown(token, proof);
    }

    private Answer shown(String of, String proof) {
        return http.anonymous()
                .with("Authorization", "DPoP " + of)
                .with("DPoP", proof)
                .get(ME);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.problem()).isEqualTo("unauthenticated");
    }
}
