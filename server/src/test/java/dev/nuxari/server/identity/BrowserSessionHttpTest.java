package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The sign-in of a browser, from the first redirect to the end of the session. */
@ServerTest
class BrowserSessionHttpTest {
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
    @Claim("I1")
    void signInGoesToTheBrokerWithPkceStateAndNonce() {
        TestHttp.Answer start = http.anonymous().get("/login/start");

        assertThat(start.status()).isEqualTo(302);
        assertThat(start.header("Location").orElse(""))
                .startsWith(TestBroker.instance().issuer() + "/authorize?response_type=code&client_id=nuxari-console")
                .contains(
                        "code_challenge_method=S256",
                        "code_challenge=",
                        "state=",
                        "nonce=",
                        "scope=openid%20organization")
                .contains("redirect_uri=http://localhost:8080/login/oauth2/code/keycloak");
    }

    @Test
    @Claim({"E1", "I1"})
    void browserHoldsACookieThatNoScriptReadsAndNoToken() {
        TestHttp.Answer start = http.anonymous().get("/login/start?returnTo=/requests?state=open");
        TestHttp.Answer end = comeBack(start, start.cookie("nuxari_login"));

        assertThat(end.status()).isEqualTo(302);
        assertThat(end.header("Location")).contains("/requests?state=open");
        List<String> cookies = end.response().headers().allValues("Set-Cookie");
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("nuxari_session=nxc_" + organization.id() + "_")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure", "Domain"));
        assertThat(cookies).noneMatch(cookie -> cookie.startsWith("JSESSIONID"));
        assertThat(end.body()).isEmpty();
    }

    @Test
    void databaseHoldsTheHashOfTheSecretOnly() {
        String cookie = http.signIn(owner);
        String secret = cookie.substring(cookie.lastIndexOf(organization.id() + "_") + 37);

        List<String> hashes = beyondTheWalls()
                .sql("SELECT token_hash FROM session WHERE organization_id = ?")
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();

        assertThat(hashes).containsExactly(Sha256.hexOf(secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void browserIsToldWhoItIs() {
        assertThat(http.browserOf(owner).get(ME).json().string("memberId"))
                .isEqualTo(owner.id().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "evil"})
    void nobodyIsSentElsewhereAfterSigningIn(String returnTo) {
        TestHttp.Answer start = http.anonymous()
                .get("/login/start?returnTo="
                        + java.net.URLEncoder.encode(returnTo, java.nio.charset.StandardCharsets.UTF_8));

        assertThat(comeBack(start, start.cookie("nuxari_login")).header("Location"))
                .contains("/");
    }

    @Test
    void answerToAnotherBrowsersQuestionIsRefused() {
        TestHttp.Answer mine = http.anonymous().get("/login/start");
        TestHttp.Answer theirs = http.anonymous().get("/login/start");

        TestHttp.Answer end = comeBack(theirs, mine.cookie("nuxari_login"));

        assertThat(end.status()).isEqualTo(401);
        assertThat(end.body()).contains("The sign-in did not complete");
        assertThat(end.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("nuxari_session=nxc"));
    }

    @Test
    void handshakeThatSomebodyAlteredIsRefused() {
        TestHttp.Answer start = http.anonymous().get("/login/start");
        String cookie = start.cookie("nuxari_login");
        char last = cookie.charAt(cookie.length() - 5);
        String altered = cookie.substring(0, cookie.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + cookie.substring(cookie.length() - 4);

        assertThat(comeBack(start, altered).status()).isEqualTo(401);
    }

    @Test
    void handshakeExpires() {
        TestHttp.Answer start = http.anonymous().get("/login/start");

        clock.advance(Duration.ofMinutes(11));

        assertThat(comeBack(start, start.cookie("nuxari_login")).status()).isEqualTo(401);
    }

    @Test
    @Claim("I4")
    void whoIsNoMemberGetsAnExplanationAndNoSession() {
        organization.enrol("second", Role.OWNER);
        beyondTheWalls()
                .sql("UPDATE member SET state = 'suspended' WHERE member_id = ?")
                .param(owner.id().value())
                .update();
        TestHttp.Answer start = http.anonymous().get("/login/start");

        TestHttp.Answer end = comeBack(start, start.cookie("nuxari_login"));

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("You are no member here");
        assertThat(audited()).containsExactly("session.begin refused system:session");
        assertThat(end.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("nuxari_session=nxc"));
    }

    /** Session fixation: somebody signs in, and hands their own cookie to another person's browser. */
    @Test
    @Claim("E1")
    void cookieFromBeforeTheSignInIsNeverAdopted() {
        TestMember attacker = organization.member(Role.REQUESTER);
        String planted = http.signIn(attacker);
        TestHttp.Answer start = http.anonymous().with("Cookie", planted).get("/login/start");

        TestHttp.Answer end = comeBack(start, start.cookie("nuxari_login") + "; " + planted);

        String own = end.cookie("nuxari_session");
        assertThat(own).isNotEqualTo(planted);
        assertThat(memberOf(own)).isEqualTo(owner.id().toString());
        assertThat(memberOf(planted)).isEqualTo(attacker.id().toString());
    }

    @Test
    @Claim("E1")
    void everySignInHasASecretOfItsOwn() {
        String first = http.signIn(owner);
        TestHttp.Answer start = http.anonymous().with("Cookie", first).get("/login/start");

        String second =
                comeBack(start, start.cookie("nuxari_login") + "; " + first).cookie("nuxari_session");

        assertThat(second).isNotEqualTo(first);
        assertThat(tokenOf(second)).isNotEqualTo(tokenOf(first));
    }

    private String memberOf(String cookie) {
        return http.anonymous().with("Cookie", cookie).get(ME).json().string("memberId");
    }

    private String tokenOf(String cookie) {
        return http.anonymous().with("Cookie", cookie).get(ME).json().string("csrfToken");
    }

    @Test
    @Claim("E1")
    void cookieAloneChangesNothing() {
        TestHttp.Session withoutToken = http.anonymous().with("Cookie", http.signIn(owner));

        assertThat(withoutToken.send("POST", "/logout", null).problem()).isEqualTo("csrf-token-missing");
        assertThat(withoutToken
                        .with("X-CSRF-Token", "guessed")
                        .send("POST", "/logout", null)
                        .problem())
                .isEqualTo("csrf-token-missing");
        assertThat(withoutToken.get(ME).status()).isEqualTo(200);
    }

    @Test
    void tokenOfAnotherSessionDoesNotHelp() {
        TestHttp.Answer other =
                http.anonymous().with("Cookie", http.signIn(owner)).get(ME);

        TestHttp.Session mixed = http.anonymous()
                .with("Cookie", http.signIn(owner))
                .with("X-CSRF-Token", other.json().string("csrfToken"));

        assertThat(mixed.send("POST", "/logout", null).problem()).isEqualTo("csrf-token-missing");
    }

    @Test
    void signedOutIsSignedOut() {
        String cookie = http.signIn(owner);
        TestHttp.Session browser = http.anonymous().with("Cookie", cookie);
        String token = browser.get(ME).json().string("csrfToken");

        TestHttp.Answer signedOut = browser.with("X-CSRF-Token", token).send("POST", "/logout", null);

        assertThat(signedOut.json().string("location"))
                .startsWith(TestBroker.instance().issuer() + "/protocol/openid-connect/logout?client_id=nuxari-console")
                .contains("post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F");
        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(audited())
                .containsExactly(
                        "session.begin succeeded member:" + owner.id(), "session.end succeeded member:" + owner.id());
    }

    @Test
    void sessionEndsWhenItIsIdle() {
        TestHttp.Session browser = http.browserOf(owner);

        clock.advance(Duration.ofMinutes(59));
        assertThat(browser.get(ME).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(59));
        assertThat(browser.get(ME).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(61));

        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
    }

    @Test
    void sessionEndsAtItsAge() {
        TestHttp.Session browser = http.browserOf(owner);

        for (int i = 0; i < 15; i++) {
            clock.advance(Duration.ofMinutes(50));
            browser.get(ME);
        }

        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
    }

    @Test
    @Claim("I3")
    void openSessionOfADeprovisionedMemberStopsWorking() {
        TestHttp.Session browser = http.browserOf(owner);

        organization.enrol("second", Role.OWNER);
        beyondTheWalls()
                .sql("UPDATE member SET state = 'deprovisioned' WHERE member_id = ?")
                .param(owner.id().value())
                .update();

        assertThat(browser.get(ME).problem()).isEqualTo("not-a-member");
    }

    @Test
    void cookieOfAnOrganizationThatIsNoneIsNoSession() {
        String secret = "A".repeat(43);

        for (String cookie : List.of(
                "nxc_" + TestOrganization.fresh().id() + "_" + secret,
                "nxc_00000000-0000-4000-8000-000000000000_" + secret,
                "nxc_",
                "rubbish")) {
            assertThat(http.anonymous()
                            .with("Cookie", "nuxari_session=" + cookie)
                            .get(ME)
                            .problem())
                    .as(cookie)
                    .isEqualTo("unauthenticated");
        }
    }

    @Test
    @Claim("T2")
    void secretOfOneOrganizationOpensNoOther() {
        TestOrganization other = TestOrganization.fresh();
        other.enrol(owner, Role.OWNER);
        String moved = http.signIn(owner)
                .replace(organization.id().toString(), other.id().toString());

        assertThat(http.anonymous().with("Cookie", moved).get(ME).problem()).isEqualTo("unauthenticated");
    }

    private List<String> audited() {
        return beyondTheWalls()
                .sql("SELECT action || ' ' || outcome || ' ' || actor FROM audit_event WHERE organization_id = ?"
                        + " ORDER BY sequence")
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private TestHttp.Answer comeBack(TestHttp.Answer start, String cookie) {
        URI back = TestBroker.instance()
                .signIn(owner, URI.create(start.header("Location").orElseThrow()));
        return http.anonymous().with("Cookie", cookie).get(back.getPath() + "?" + back.getRawQuery());
    }
}
