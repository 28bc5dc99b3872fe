package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.testing.TestPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What an organization demands of its members, with every request and before a session begins; behind a proxy. */
@ServerTest
@TestPropertySource(properties = "nuxari.proxies.trusted=127.0.0.1,::1")
class EntryHttpTest {
    private static final String ME = "/api/v1/me";
    private static final String OFFICE = "192.0.2.7";
    private static final String HOME = "203.0.113.9";
    private static final String POLICY = "/identity-policy";

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
    @Claim("I6")
    void requestFromElsewhereIsRefusedFromTheNextOneOn() {
        TestHttp.Session atHome = from(HOME, http.as(owner));
        TestHttp.Session browserAtHome = from(HOME, http.anonymous().with("Cookie", http.signIn(owner)));
        assertThat(atHome.get("/members").status()).isEqualTo(200);
        assertThat(browserAtHome.get(ME).status()).isEqualTo(200);

        demand("{'ipAllowlist':['192.0.2.0/24']}");

        assertThat(atHome.get("/members").problem()).isEqualTo("address-not-allowed");
        assertThat(browserAtHome.get(ME).status()).isEqualTo(403);
        assertThat(browserAtHome.get(ME).body()).contains("outside of the networks that your organization permits");
        assertThat(from(OFFICE, http.as(owner)).get("/members").status()).isEqualTo(200);
        assertThat(from("::ffff:192.0.2.7", http.as(owner)).get("/members").status())
                .isEqualTo(200);
    }

    @Test
    @Claim("I6")
    void everyRouteIsBehindTheSameDoor() {
        demand("{'ipAllowlist':['192.0.2.0/24']}");
        TestHttp.Session atHome = from(HOME, http.as(owner));

        for (String path : List.of(ME, "/members", "/audit-events", "/log/" + organization.id() + "/checkpoint")) {
            assertThat(atHome.get(path).problem()).as(path).isEqualTo("address-not-allowed");
        }
        assertThat(atHome.post("/requests", "{}").problem()).isEqualTo("address-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7, 203.0.113.9", "192.0.2.7,203.0.113.9:4711", "127.0.0.1, 203.0.113.9"})
    @Claim("I6")
    void whoWritesAnAddressOfTheOfficeInFrontIsNotThere(String forwarded) {
        demand("{'ipAllowlist':['192.0.2.0/24','127.0.0.1','::1']}");

        assertThat(from(forwarded, http.as(owner)).get("/members").problem()).isEqualTo("address-not-allowed");
        assertThat(http.as(owner)
                        .with("X-Forwarded-For", OFFICE)
                        .with("X-Forwarded-For", HOME)
                        .get("/members")
                        .problem())
                .isEqualTo("address-not-allowed");
        assertThat(from(HOME, http.as(owner))
                        .with("Forwarded", "for=192.0.2.7")
                        .with("X-Real-IP", OFFICE)
                        .with("X-Client-IP", OFFICE)
                        .with("CF-Connecting-IP", OFFICE)
                        .get("/members")
                        .problem())
                .isEqualTo("address-not-allowed");
    }

    @Test
    @Claim("I6")
    void proxyThatNamesNobodyIsNotGuessedAt() {
        for (String garbage : List.of("unknown", "192.0.2.07", "", "office")) {
            assertThat(from(garbage, http.as(owner)).get("/members").problem())
                    .as(garbage)
                    .isEqualTo("invalid-header");
        }
    }

    @Test
    @Claim("I6")
    void addressIsOnRecordAndSoIsWhoWasKeptOutButNotEachTime() {
        demand("{'ipAllowlist':['192.0.2.0/24']}");
        for (int i = 0; i < 5; i++) {
            from(HOME, http.as(owner)).get("/members");
        }
        from(HOME, http.as(organization.member(Role.AUDITOR))).get("/members");
        assertThat(keptOut())
                .containsExactly(
                        "203.0.113.9 pwd " + owner.id(),
                        "203.0.113.9 pwd " + organization.member(Role.AUDITOR).id());

        clock.advance(Duration.ofMinutes(10));
        from(HOME, http.as(owner)).get("/members");
        from(HOME, http.as(owner)).get("/members");

        assertThat(keptOut()).hasSize(3);
    }

    @Test
    @Claim("I6")
    void noSessionBeginsFromElsewhere() {
        demand("{'ipAllowlist':['192.0.2.0/24']}");

        Answer end = signIn(HOME, claims -> claims);

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("Your organization does not let you in from this address");
        assertThat(end.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("nuxari_session=nxc"));
        assertThat(signIn(OFFICE, claims -> claims).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource({
        "password,true",
        "passkey,false",
        "oidc,false",
        "saml,false",
    })
    @Claim("I6")
    void signInByAForbiddenMethodIsRefused(String method, boolean letIn) {
        demand("{'loginMethods':['" + method + "']}");

        assertThat(http.as(owner).get("/members").problem().startsWith("200")).isEqualTo(letIn);
        assertThat(signIn(OFFICE, claims -> claims).status()).isEqualTo(letIn ? 302 : 403);
    }

    @ParameterizedTest
    @CsvSource({
        "acme-okta,oidc,oidc",
        "acme-adfs,saml,saml",
        "acme-okta,password,none",
        "acme-okta,OIDC,none",
        "acme-okta,,none",
    })
    @Claim("I6")
    void methodIsTheOneOfTheIdentityProviderBehind(String provider, String kind, String method) {
        UnaryOperator<JWTClaimsSet.Builder> federated =
                claims -> claims.claim("identity_provider", provider).claim("login_method", kind);
        for (String permitted : List.of("password", "passkey", "oidc", "saml")) {
            demand("{'loginMethods':['" + permitted + "']}");

            assertThat(http.withToken(TestBroker.instance().token(owner, federated))
                            .get(ME)
                            .status())
                    .as(permitted)
                    .isEqualTo(permitted.equals(method) ? 200 : 403);
        }
    }

    @Test
    @Claim("I6")
    void passkeyIsAMethodAndBehindAPasswordASecondFactor() {
        demand("{'loginMethods':['passkey']}");

        assertThat(withAmr("pop").status()).isEqualTo(200);
        assertThat(withAmr("pwd", "pop").problem()).isEqualTo("login-method-not-allowed");
        assertThat(withAmr("pwd").problem()).isEqualTo("login-method-not-allowed");
        assertThat(withAmr("otp").problem()).isEqualTo("login-method-not-allowed");
    }

    @Test
    @Claim("I2")
    void whoShowedNoSecondFactorIsToldWhereThatBegins() {
        TestHttp.Session browser = http.browserOf(owner);
        demand("{'mfaRequired':'everybody'}");

        Answer refused = browser.get(ME);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("mfa-required");
        assertThat(refused.json().string("signIn")).isEqualTo("/login/start?acr=mfa");
        assertThat(refused.header("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\", acr_values=\"mfa\"");
        assertThat(http.as(owner).get("/members").problem()).isEqualTo("mfa-required");
        assertThat(with("mfa").get(ME).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"OWNER,403", "ADMIN,403", "APPROVER,403", "AUDITOR,403", "REQUESTER,200", "READONLY,200"})
    @Claim("I2")
    void secondFactorMayBeForThePrivilegedOnly(Role role, int status) {
        demand("{'mfaRequired':'privileged'}");

        assertThat(http.as(organization.member(role)).get(ME).status()).isEqualTo(status);
    }

    @Test
    @Claim("I2")
    void whatAClientSaysOfItsSecondFactorIsNotRead() {
        demand("{'mfaRequired':'everybody'}");

        assertThat(http.as(owner)
                        .with("X-MFA", "true")
                        .with("X-Acr", "mfa")
                        .with("acr", "mfa")
                        .get("/members?acr=mfa&mfa=true")
                        .problem())
                .isEqualTo("mfa-required");
        UnaryOperator<JWTClaimsSet.Builder> amrOnly =
                claims -> claims.claim("amr", List.of("pwd", "otp", "mfa")).claim("mfa", true);
        assertThat(http.withToken(TestBroker.instance().token(owner, amrOnly))
                        .get(ME)
                        .problem())
                .isEqualTo("mfa-required");
    }

    @Test
    @Claim("I2")
    void brokerIsAskedForASecondFactorThatIsFreshEnough() {
        String location = http.anonymous()
                .get("/login/start?acr=mfa&maxAge=300&returnTo=/approvals")
                .header("Location")
                .orElse("");

        assertThat(location).contains("acr_values=mfa", "max_age=300");
        assertThat(http.anonymous()
                        .get("/login/start?acr=gold&maxAge=1e9&acr_values=x")
                        .header("Location")
                        .orElse(""))
                .doesNotContain("acr_values", "max_age", "gold");
    }

    /** A broker answers so when the identity provider behind it was not asked again; it is no error to the broker. */
    @Test
    @Claim("I2")
    void signInThatWasToHaveASecondFactorAndHasNoneIsRefused() {
        Answer start = http.anonymous().get("/login/start?acr=mfa&returnTo=/approvals");

        Answer end = comeBack(start, OFFICE, claims -> claims.claim("acr", "pwd"));

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("You were not asked for a second factor");
        assertThat(end.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("nuxari_session=nxc"));
        Answer again = http.anonymous().get("/login/start?acr=mfa&returnTo=/approvals");
        assertThat(comeBack(again, OFFICE, claims -> claims.claim("acr", "mfa")).header("Location"))
                .contains("/approvals");
    }

    @Test
    @Claim("I2")
    void noSessionBeginsWithoutTheSecondFactorThatIsDemanded() {
        demand("{'mfaRequired':'everybody'}");

        Answer end = signIn(OFFICE, claims -> claims);

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("/login/start?acr=mfa");
        assertThat(signIn(OFFICE, claims -> claims.claim("acr", "mfa")).status())
                .isEqualTo(302);
    }

    @Test
    @Claim("I2")
    void sensitiveActionTakesASecondFactorThatWasJustShown() {
        demand("{'stepUpAge':'PT10M'}");
        String decide = "/approvals/" + UUID.randomUUID() + "/decisions";

        Answer refused = http.as(owner).post(decide, "{}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("step-up-required");
        assertThat(refused.json().string("signIn")).isEqualTo("/login/start?acr=mfa&maxAge=300");
        assertThat(refused.header("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\", acr_values=\"mfa\", max_age=\"300\"");
        assertThat(http.as(owner).get("/members").status()).isEqualTo(200);
        TestHttp.Session fresh = with("mfa");
        assertThat(fresh.get(at("/audit-events/export")).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(4));
        assertThat(fresh.get(at("/audit-events/export")).status()).isEqualTo(200);
    }

    @Test
    @Claim("I2")
    void secondFactorOfASessionAgesToo() {
        Answer end = signIn(OFFICE, claims -> claims.claim("acr", "mfa"));
        TestHttp.Session browser = http.anonymous().with("Cookie", end.cookie("nuxari_session"));
        demand("{'stepUpAge':'PT10M'}");
        assertThat(browser.get(at("/audit-events/export")).status()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(11));

        assertThat(browser.get(at("/audit-events/export")).problem()).isEqualTo("step-up-required");
        assertThat(browser.get(at("/members")).status()).isEqualTo(200);
    }

    @Test
    void sameRequestMayBeSentAgainAfterTheSecondFactor() {
        demand("{'stepUpAge':'PT10M'}");
        String key = UUID.randomUUID().toString();
        String path = at("/approvals/" + UUID.randomUUID() + "/decisions");
        String body = "{'verdict':'approve','reason':'seen','planHash':'%s'}".formatted("0".repeat(64));

        Answer before = http.as(owner).with("Idempotency-Key", key).post(path, body);
        Answer after = with("mfa").with("Idempotency-Key", key).post(path, body);

        assertThat(before.problem()).isEqualTo("step-up-required");
        assertThat(after.problem()).isEqualTo("no-such-approval");
    }

    @Test
    @Claim("I6")
    void sessionEndsAtTheAgeAndIdleTimeOfTheOrganization() {
        TestHttp.Session browser = http.browserOf(owner);
        demand("{'sessionMaxAge':'PT1H','idleTimeout':'PT20M'}");
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(19));
            assertThat(browser.get(ME).status()).isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(4));
        assertThat(browser.get(ME).status()).isEqualTo(401);
        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(ended()).isEqualTo(1);
        clock.reset();

        TestHttp.Session idle = http.browserOf(owner);
        clock.advance(Duration.ofMinutes(21));
        assertThat(idle.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(ended()).isEqualTo(2);
        clock.reset();
        assertThat(idle.get(ME).problem()).as("is ended, not only out of time").isEqualTo("unauthenticated");
    }

    @Test
    @Claim("I6")
    void bearerTokenOfAnOldSignInIsRefused() {
        demand("{'sessionMaxAge':'PT1H'}");
        long now = clock.instant().getEpochSecond();

        assertThat(signedInAt(now - 3590).status()).isEqualTo(200);
        assertThat(signedInAt(now - 3601).problem()).isEqualTo("unauthenticated");
        assertThat(http.withToken(TestBroker.instance().token(owner, claims -> claims.claim("auth_time", null)))
                        .get(ME)
                        .problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void organizationThatDoesNotLetSomebodyInStaysUnnamed() {
        TestOrganization strict = TestOrganization.fresh();
        strict.enrol(owner, Role.REQUESTER);
        Map<String, Object> inThisOrder = new LinkedHashMap<>();
        inThisOrder.put("a", Map.of("id", organization.id().toString()));
        inThisOrder.put("b", Map.of("id", strict.id().toString()));
        UnaryOperator<JWTClaimsSet.Builder> both = claims -> claims.claim("organization", inThisOrder);
        TestHttp.Session member = http.withToken(TestBroker.instance().token(owner, both));
        assertThat(member.get(ME).json().objects("organizations")).hasSize(2);

        assertThat(http.as(strict.member(Role.OWNER))
                        .with("If-Match", "\"1\"")
                        .send("PUT", POLICY + "?lockMeOut=true", TestPolicy.with("{'mfaRequired':'everybody'}"))
                        .status())
                .isEqualTo(200);

        assertThat(member.get(ME).json().objects("organizations"))
                .extracting(known -> known.string("id"))
                .containsOnly(member.get(ME).json().object("organization").string("id"))
                .hasSize(1);
    }

    private Answer signedInAt(long seconds) {
        return http.withToken(TestBroker.instance().token(owner, claims -> claims.claim("auth_time", seconds)))
                .get(ME);
    }

    private Answer withAmr(String... amr) {
        return http.withToken(TestBroker.instance().token(owner, claims -> claims.claim("amr", List.of(amr))))
                .get(ME);
    }

    private TestHttp.Session with(String acr) {
        return http.withToken(TestBroker.instance().token(owner, claims -> claims.claim("acr", acr)));
    }

    private String at(String path) {
        return "/api/v1/organizations/" + organization.id() + path;
    }

    private static TestHttp.Session from(String forwarded, TestHttp.Session session) {
        return session.with("X-Forwarded-For", forwarded);
    }

    /** The owner changes the terms, wherever that leaves them. */
    private void demand(String members) {
        beyondTheWalls()
                .sql("""
                        UPDATE identity_policy
                        SET mfa_required = coalesce(p ->> 'mfaRequired', 'nobody'),
                            login_methods = coalesce((SELECT array_agg(m) FROM json_array_elements_text(p -> 'loginMethods') m),
                                login_methods),
                            ip_allowlist = coalesce((SELECT array_agg(m::cidr) FROM json_array_elements_text(p -> 'ipAllowlist') m),
                                '{}'),
                            session_max_age = coalesce((p ->> 'sessionMaxAge')::interval, session_max_age),
                            idle_timeout = coalesce((p ->> 'idleTimeout')::interval, idle_timeout),
                            step_up_age = (p ->> 'stepUpAge')::interval,
                            version = version + 1
                        FROM (SELECT ?::json AS p)
                        WHERE organization_id = ?
                        """)
                .params(members.replace('\'', '"'), organization.id().value())
                .update();
    }

    private Answer signIn(String address, UnaryOperator<JWTClaimsSet.Builder> change) {
        return comeBack(http.anonymous().get("/login/start"), address, change);
    }

    private Answer comeBack(Answer start, String address, UnaryOperator<JWTClaimsSet.Builder> change) {
        URI back = TestBroker.instance()
                .signIn(owner, URI.create(start.header("Location").orElseThrow()), change);
        return from(address, http.anonymous())
                .with("Cookie", start.cookie("nuxari_login"))
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    private List<String> keptOut() {
        return events("member.enter").stream()
                .map(event -> {
                    assertThat(event.string("outcome")).isEqualTo("refused");
                    assertThat(event.object("metadata").string("refusal")).isEqualTo("address");
                    return event.object("actor").string("ip") + " "
                            + event.object("actor").string("acr") + " "
                            + event.object("target").string("id");
                })
                .toList();
    }

    private int ended() {
        return events("session.end").size();
    }

    private List<Json.Obj> events(String action) {
        return beyondTheWalls()
                .sql("""
                        SELECT convert_from(leaf, 'UTF8') FROM audit_event
                        WHERE organization_id = ? AND action = ? ORDER BY sequence
                        """)
                .params(organization.id().value(), action)
                .query((row, _) -> Json.parseObject(row.getString(1)))
                .list();
    }
}
