package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is let in with a token, and for which organization. */
@ServerTest
class BearerTokenHttpTest {
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

    @ParameterizedTest
    @EnumSource(Role.class)
    @Claim("T5")
    void callerIsToldWhoTheyAreAndWhatTheyMay(Role role) {
        TestMember member = organization.member(role);

        Json.Obj me = http.as(member).get(ME).json();

        assertThat(me.string("memberId")).isEqualTo(member.id().toString());
        assertThat(me.string("role")).isEqualTo(Spelling.of(role));
        assertThat(me.strings("permissions"))
                .containsExactlyInAnyOrderElementsOf(
                        role.permissions().stream().map(p -> p.spelled()).toList());
        assertThat(me.object("organization").string("slug")).isEqualTo(organization.slug());
        assertThat(me.has("csrfToken")).isFalse();
    }

    @Test
    void nobodyIsUnauthenticated() {
        TestHttp.Answer answer = http.anonymous().get(ME);

        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void tokenThatSomebodyElseSignedIsRefused() {
        assertThat(withToken(TestBroker.instance().forgedToken(owner))).isEqualTo("unauthenticated");
    }

    @Test
    void tokenThatIsNoTokenIsRefused() {
        for (String token : List.of("a", "a.b.c", "e30.e30.", "x".repeat(20_000).substring(0, 6000))) {
            assertThat(withToken(token)).as(token).isEqualTo("unauthenticated");
        }
    }

    @Test
    void tokenForAnotherAudienceIsRefused() {
        assertThat(with(claims -> claims.audience("account"))).isEqualTo("unauthenticated");
    }

    @Test
    void tokenThatWasGivenToAnotherClientIsRefused() {
        assertThat(with(claims -> claims.claim("azp", "some-other-application")))
                .isEqualTo("unauthenticated");
        assertThat(with(claims -> claims.claim("azp", null))).isEqualTo("unauthenticated");
    }

    @Test
    void tokenOfAnotherKindIsRefused() {
        for (String kind : List.of("ID", "Refresh", "Offline", "Logout")) {
            assertThat(with(claims -> claims.claim("typ", kind))).as(kind).isEqualTo("unauthenticated");
        }
        assertThat(with(claims -> claims.claim("typ", null))).isEqualTo("unauthenticated");
    }

    @Test
    void tokenIsGoodFromItsBeginningOnAndTheClocksMayDifferByTenSeconds() {
        Instant now = clock.instant();

        assertThat(with(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(11)))))
                .isEqualTo("unauthenticated");
        assertThat(withClaims(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(9)))))
                .isEqualTo(200);
        assertThat(with(claims -> ended(claims, now.minusSeconds(11)))).isEqualTo("unauthenticated");
        assertThat(withClaims(claims -> ended(claims, now.minusSeconds(9)))).isEqualTo(200);
    }

    @Test
    void algorithmIsOneWithAKeyOfTheBroker() {
        TestBroker broker = TestBroker.instance();

        assertThat(withToken(broker.unsignedToken(owner))).isEqualTo("unauthenticated");
        assertThat(withToken(broker.tokenUnderThePublicKey(owner))).isEqualTo("unauthenticated");
    }

    @Test
    void tokenOfAnotherIssuerIsRefused() {
        assertThat(with(claims -> claims.issuer("http://localhost:1/realms/nuxari")))
                .isEqualTo("unauthenticated");
    }

    @Test
    void tokenThatHasExpiredIsRefused() {
        Date past = Date.from(clock.instant().minusSeconds(60));
        assertThat(with(claims -> claims.expirationTime(past))).isEqualTo("unauthenticated");
    }

    @Test
    void tokenThatNeverExpiresIsRefused() {
        assertThat(with(claims -> claims.expirationTime(null))).isEqualTo("unauthenticated");
    }

    @Test
    void rememberedTokenExpiresToo() {
        String token = TestBroker.instance().token(owner);
        assertThat(http.withToken(token).get(ME).status()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(6));

        assertThat(withToken(token)).isEqualTo("unauthenticated");
    }

    @Test
    void tokenInTheAddressIsNotRead() {
        String token = TestBroker.instance().token(owner);
        assertThat(http.anonymous().get(ME + "?access_token=" + token).problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    @Claim("T2")
    void organizationOfThePathMustBeSigned() {
        TestOrganization other = TestOrganization.fresh();

        TestHttp.Answer foreign = http.as(owner).get("/api/v1/organizations/" + other.id() + "/members");
        TestHttp.Answer unknown = http.as(owner).get("/api/v1/organizations/" + UUID.randomUUID() + "/members");

        assertThat(foreign.problem()).isEqualTo("no-such-organization");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.json().without("traceId", "instance"))
                .isEqualTo(unknown.json().without("traceId", "instance"));
    }

    @Test
    @Claim("T2")
    void organizationThatIsOnlyRowButNotSignedIsUnknown() {
        TestOrganization other = TestOrganization.fresh();
        other.enrol(owner, Role.OWNER);

        assertThat(http.as(owner)
                        .get("/api/v1/organizations/" + other.id() + "/members")
                        .problem())
                .isEqualTo("no-such-organization");
    }

    @Test
    @Claim("T2")
    void organizationThatIsOnlySignedButHasNoRowAdmitsNobody() {
        TestOrganization other = TestOrganization.fresh();
        String token = TestBroker.instance().token(owner, claims -> signed(claims, other.id()));

        assertThat(http.withToken(token)
                        .get("/api/v1/organizations/" + other.id() + "/members")
                        .problem())
                .isEqualTo("not-a-member");
    }

    @Test
    void memberOfSeveralOrganizationsReachesEachByItsPath() {
        TestOrganization other = TestOrganization.fresh();
        other.enrol(owner, Role.AUDITOR);
        String token = TestBroker.instance().token(owner, claims -> signed(claims, organization.id(), other.id()));

        assertThat(http.withToken(token)
                        .get("/api/v1/organizations/" + other.id())
                        .json()
                        .string("slug"))
                .isEqualTo(other.slug());
        assertThat(http.withToken(token)
                        .get("/api/v1/organizations/" + organization.id())
                        .json()
                        .string("slug"))
                .isEqualTo(organization.slug());
        assertThat(http.withToken(token).get(ME).json().objects("organizations"))
                .hasSize(2);
    }

    @Test
    void tokenWithoutAnOrganizationExplainsItself() {
        assertThat(with(claims -> claims.claim("organization", null))).isEqualTo("not-a-member");
    }

    @Test
    @Claim("I3")
    void whoIsDeprovisionedIsOutWithTheNextRequest() {
        assertThat(http.as(owner).get(ME).status()).isEqualTo(200);

        organization.enrol("second", Role.OWNER);
        beyondTheWalls()
                .sql("UPDATE member SET state = 'deprovisioned' WHERE member_id = ?")
                .param(owner.id().value())
                .update();

        assertThat(http.as(owner).get(ME).problem()).isEqualTo("not-a-member");
    }

    @Test
    @Claim("T5")
    void roleThatIsNoRoleIsReadonly() {
        organization.enrol("second", Role.OWNER);
        beyondTheWalls()
                .sql("ALTER TABLE member DROP CONSTRAINT member_role_check")
                .update();
        beyondTheWalls()
                .sql("UPDATE member SET role = 'superuser' WHERE member_id = ?")
                .param(owner.id().value())
                .update();

        assertThat(http.as(owner).get(ME).json().string("role")).isEqualTo("readonly");

        beyondTheWalls()
                .sql("UPDATE member SET role = 'readonly' WHERE member_id = ?")
                .param(owner.id().value())
                .update();
        beyondTheWalls()
                .sql("ALTER TABLE member ADD CONSTRAINT member_role_check CHECK (role IN "
                        + "('owner', 'admin', 'approver', 'requester', 'auditor', 'readonly'))")
                .update();
    }

    private static JWTClaimsSet.Builder signed(JWTClaimsSet.Builder claims, OrganizationId... organizations) {
        Map<String, Object> byAlias = new java.util.LinkedHashMap<>();
        for (OrganizationId organization : organizations) {
            byAlias.put("alias-" + organization, Map.of("id", organization.toString()));
        }
        return claims.claim("organization", byAlias);
    }

    private static JWTClaimsSet.Builder ended(JWTClaimsSet.Builder claims, Instant at) {
        return claims.issueTime(Date.from(at.minusSeconds(300))).expirationTime(Date.from(at));
    }

    private int withClaims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return http.withToken(TestBroker.instance().token(owner, change))
                .get(ME)
                .status();
    }

    private String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return withToken(TestBroker.instance().token(owner, change));
    }

    private String withToken(String token) {
        return http.withToken(token).get(ME).problem();
    }
}
