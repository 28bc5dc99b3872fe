package dev.nuxari.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nuxari.kernel.Claim;
import dev.nuxari.server.federation.BrokeredGround.Begun;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider of OpenID Connect that lies, against the real broker with the settings that every organization's gets. */
@Claim("I1")
class OidcAttackTest {
    private static final String DOMAIN = "lied-to.example";
    private static final LyingOidc provider = new LyingOidc();
    private static final BrokeredGround ground = BrokeredGround.of("lied-to", provider.connection());

    @AfterAll
    static void stop() {
        provider.close();
    }

    private static boolean isLetIn(
            String email, UnaryOperator<JWTClaimsSet.Builder> lie, BiConsumer<LyingOidc, JWTClaimsSet.Builder> answer) {
        Begun begun = ground.begin(
                BrokeredGround.browser(),
                address ->
                        address.toString().startsWith(provider.at("/authorize").toString()));
        answer.accept(provider, lie.apply(provider.claims(begun.parameter("nonce"), email)));
        return begun.isLetIn(URI.create(begun.parameter("redirect_uri") + "?code=a-code&state="
                + java.net.URLEncoder.encode(begun.parameter("state"), java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static boolean isLetIn(UnaryOperator<JWTClaimsSet.Builder> lie) {
        return isLetIn("victim@" + DOMAIN, lie, LyingOidc::answers);
    }

    @Test
    void honestTokenIsTaken() {
        assertThat(isLetIn("honest@" + DOMAIN, UnaryOperator.identity(), LyingOidc::answers))
                .isTrue();
    }

    /** Entra ID does not say whether an address is verified; that it is one of the organization's has been shown. */
    @Test
    void silenceAboutTheAddressIsTaken() {
        assertThat(isLetIn("silent@" + DOMAIN, claims -> claims.claim("email_verified", null), LyingOidc::answers))
                .isTrue();
    }

    @Test
    void requestHasPkceAndNonce() {
        Begun begun = ground.begin(
                BrokeredGround.browser(),
                address ->
                        address.toString().startsWith(provider.at("/authorize").toString()));
        assertThat(begun.parameter("code_challenge_method")).isEqualTo("S256");
        assertThat(begun.parameter("nonce")).isNotEmpty();
    }

    @Test
    void unverifiedAddressIsRefused() {
        assertThat(isLetIn(claims -> claims.claim("email_verified", false))).isFalse();
        assertThat(isLetIn(claims -> claims.claim("email_verified", "false"))).isFalse();
    }

    @Test
    void addressOfAnotherDomainIsRefused() {
        assertThat(isLetIn(claims -> claims.claim("email", "victim@elsewhere.example")))
                .isFalse();
        assertThat(isLetIn(claims -> claims.claim("email", null))).isFalse();
        assertThat(isLetIn(claims -> claims.claim("email", "victim@elsewhere.example, x@" + DOMAIN)))
                .isFalse();
    }

    @Test
    void otherIssuerIsRefused() {
        assertThat(isLetIn(claims -> claims.issuer("https://elsewhere.example")))
                .isFalse();
        assertThat(isLetIn(claims -> claims.issuer(provider.at("/").toString())))
                .isFalse();
    }

    @Test
    void otherAudienceIsRefused() {
        assertThat(isLetIn(claims -> claims.audience("another-client"))).isFalse();
    }

    @Test
    void otherNonceIsRefused() {
        assertThat(isLetIn(claims -> claims.claim("nonce", "of-another-sign-in")))
                .isFalse();
        assertThat(isLetIn(claims -> claims.claim("nonce", null))).isFalse();
    }

    @Test
    void expiredTokenIsRefused() {
        assertThat(isLetIn(
                        claims -> claims.expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(10))))))
                .isFalse();
    }

    @Test
    void algorithmNoneIsRefused() {
        assertThat(isLetIn("victim@" + DOMAIN, UnaryOperator.identity(), LyingOidc::answersUnsigned))
                .isFalse();
    }

    @Test
    void keyThatIsNotPublishedIsRefused() {
        assertThat(isLetIn("victim@" + DOMAIN, UnaryOperator.identity(), LyingOidc::answersWithAnUnknownKey))
                .isFalse();
    }
}
