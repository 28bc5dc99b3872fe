package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the broker ends, ends here: OpenID Connect Back-Channel Logout 1.0. */
@ServerTest
class BrokerLogoutHttpTest {
    private static final String ME = "/api/v1/me";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();
    private TestMember owner = organization.member(Role.OWNER);

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        owner = organization.member(Role.OWNER);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    @Claim("I3")
    void sessionEndsWhenTheBrokerEndsItsOwn() {
        TestHttp.Session ended = http.browserOf(owner);
        TestHttp.Session other = http.browserOf(owner);

        assertThat(logout(claims -> claims.claim("sid", brokerSessions().getFirst()))
                        .status())
                .isEqualTo(200);

        assertThat(ended.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(other.get(ME).status()).isEqualTo(200);
        assertThat(audited()).containsExactly("session.end succeeded system:broker");
    }

    @Test
    @Claim("I3")
    void everySessionOfThePersonEndsWhenTheBrokerNamesNone() {
        TestHttp.Session one = http.browserOf(owner);
        TestHttp.Session two = http.browserOf(owner);
        TestHttp.Session somebodyElse = http.browserOf(organization.member(Role.ADMIN));

        logout(claims -> claims);

        assertThat(one.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(two.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(somebodyElse.get(ME).status()).isEqualTo(200);
    }

    @Test
    void sessionsEndInEachOrganizationOfThePerson() {
        TestOrganization second = TestOrganization.fresh();
        TestHttp.Session here = http.browserOf(owner);
        TestHttp.Session there = http.browserOf(second.enrol(owner, Role.REQUESTER));

        logout(claims -> claims);

        assertThat(here.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(there.get(ME).problem()).isEqualTo("unauthenticated");
    }

    @Test
    void replayedLogoutDoesNotEndWhatBeganLater() {
        String token = TestBroker.instance().logoutToken(owner, claims -> claims);
        http.browserOf(owner);
        post(token);

        clock.advance(Duration.ofMinutes(1));
        TestHttp.Session later = http.browserOf(owner);

        assertThat(post(token).status()).isEqualTo(200);
        assertThat(later.get(ME).status()).isEqualTo(200);
        assertThat(audited()).hasSize(1);
    }

    @Test
    void nobodyLearnsWhomTheServerKnows() {
        TestMember stranger = new TestMember(organization.id(), owner.id(), "nobody", "nobody@example.org", Role.OWNER);

        Answer unknown = post(TestBroker.instance().logoutToken(stranger, claims -> claims));

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(logout(claims -> claims).body());
    }

    static Stream<Arguments> tokensThatAreNoGood() {
        return Stream.of(
                bad("of another issuer", claims -> claims.issuer("http://localhost/realms/other")),
                bad("for another client", claims -> claims.audience("nuxari-api")),
                bad("with a nonce, as an ID token has", claims -> claims.claim("nonce", "n")),
                bad("without events", claims -> claims.claim("events", null)),
                bad("of another event", claims -> claims.claim("events", Map.of("http://example.org/other", Map.of()))),
                bad(
                        "whose event is no object",
                        claims -> claims.claim(
                                "events", Map.of("http://schemas.openid.net/event/backchannel-logout", "yes"))),
                bad("without an id", claims -> claims.jwtID(null)),
                bad("without a time", claims -> claims.issueTime(null)),
                bad("of yesterday", claims -> claims.issueTime(from(Duration.ofDays(-1)))),
                bad("of tomorrow", claims -> claims.issueTime(from(Duration.ofDays(1)))),
                bad("that has expired", claims -> claims.expirationTime(from(Duration.ofMinutes(-1)))),
                bad("about nobody", claims -> claims.subject(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensThatAreNoGood")
    void tokenThatIsNoGoodEndsNothing(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        TestHttp.Session browser = http.browserOf(owner);

        assertThat(logout(change).problem()).as(what).isEqualTo("invalid-field");

        assertThat(browser.get(ME).status()).isEqualTo(200);
    }

    @Test
    void whatIsNotSignedByTheBrokerAsALogoutEndsNothing() {
        TestHttp.Session browser = http.browserOf(owner);

        assertThat(post(TestBroker.instance().forgedLogoutToken(owner)).problem())
                .isEqualTo("invalid-field");
        assertThat(post(TestBroker.instance().token(owner)).problem()).isEqualTo("invalid-field");
        assertThat(post("").problem()).isEqualTo("invalid-field");
        assertThat(form("token=x").problem()).isEqualTo("invalid-field");

        assertThat(browser.get(ME).status()).isEqualTo(200);
    }

    @Test
    void logoutTokenIsNoBearerToken() {
        String token = TestBroker.instance()
                .logoutToken(owner, claims -> claims.audience(List.of(TestBroker.CLIENT_ID, TestBroker.AUDIENCE)));

        assertThat(http.withToken(token).get(ME).problem()).isEqualTo("unauthenticated");
    }

    private static Arguments bad(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    private static Date from(Duration now) {
        return Date.from(new ManualClock().instant().plus(now));
    }

    private Answer logout(UnaryOperator<JWTClaimsSet.Builder> change) {
        return post(TestBroker.instance().logoutToken(owner, change));
    }

    private Answer post(String token) {
        return form("logout_token=" + URLEncoder.encode(token, UTF_8));
    }

    private Answer form(String body) {
        return http.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", "/logout/backchannel", body);
    }

    /** In the order in which the browsers signed in. */
    private List<String> brokerSessions() {
        return beyondTheWalls()
                .sql("SELECT broker_session FROM session WHERE organization_id = ? ORDER BY created_at")
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> audited() {
        return beyondTheWalls()
                .sql("""
                        SELECT action || ' ' || outcome || ' ' || actor
                        FROM audit_event
                        WHERE organization_id = ? AND action = 'session.end'
                        ORDER BY sequence
                        """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
