package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a policy would do, said before it does it. */
@ServerTest
class LockoutHttpTest {
    private static final String POLICY = "/identity-policy";
    private static final String PREVIEW = POLICY + "/preview";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();
    private TestMember owner = organization.member(Role.OWNER);
    private TestMember requester = organization.member(Role.REQUESTER);

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        owner = organization.member(Role.OWNER);
        requester = organization.member(Role.REQUESTER);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void policyThatLetsEverybodyInLocksNobodyOut() {
        http.signIn(requester);

        assertThat(preview("{'ipAllowlist':['127.0.0.0/8','::1']}").canonical())
                .isEqualTo("{\"lockedOut\":0,\"members\":[],\"signedIn\":1,\"yourself\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'ipAllowlist':['192.0.2.0/24']}|address",
                "{'loginMethods':['saml']}|method",
                "{'mfaRequired':'everybody'}|mfa",
                "{'mfaRequired':'everybody','loginMethods':['oidc']}|method,mfa",
            })
    @Claim({"I2", "I6"})
    void previewNamesWhoIsSignedInAndWouldNotBeLetIn(String members, String because) {
        http.signIn(requester);
        http.signIn(requester);

        Json.Obj preview = preview(members);

        assertThat(preview.integer("signedIn")).isEqualTo(1);
        assertThat(preview.integer("lockedOut")).isEqualTo(1);
        Json.Obj member = preview.objects("members").getFirst();
        assertThat(member.object("member").string("memberId"))
                .isEqualTo(requester.id().toString());
        assertThat(member.integer("sessions")).isEqualTo(2);
        assertThat(member.bool("entirely")).isTrue();
        assertThat(String.join(",", member.strings("because"))).isEqualTo(because);
        assertThat(String.join(",", preview.strings("yourself"))).isEqualTo(because);
    }

    @Test
    @Claim("I2")
    void roleAndEachSessionCount() {
        http.signIn(requester);
        http.signIn(organization.member(Role.APPROVER));

        Json.Obj preview = preview("{'mfaRequired':'privileged'}");

        assertThat(preview.integer("signedIn")).isEqualTo(2);
        assertThat(preview.objects("members"))
                .extracting(member -> member.object("member").string("memberId"))
                .containsExactly(organization.member(Role.APPROVER).id().toString());
    }

    @Test
    void agesCountToo() {
        http.signIn(requester);
        clock.advance(Duration.ofMinutes(40));
        http.as(owner).get("/members");

        assertThat(preview("{'sessionMaxAge':'PT30M'}")
                        .objects("members")
                        .getFirst()
                        .strings("because"))
                .containsExactly("sign-in-too-old");
        assertThat(preview("{'idleTimeout':'PT30M'}")
                        .objects("members")
                        .getFirst()
                        .strings("because"))
                .containsExactly("idle");
        assertThat(preview("{'idleTimeout':'PT50M','sessionMaxAge':'PT50M'}").objects("members"))
                .isEmpty();
    }

    @Test
    void previewChangesNothingAndIsForThoseWhoMayChange() {
        preview("{'mfaRequired':'everybody'}");

        assertThat(http.as(owner).get(POLICY).header("ETag")).contains("\"1\"");
        assertThat(http.as(organization.member(Role.AUDITOR))
                        .post(PREVIEW, TestPolicy.with("{}"))
                        .problem())
                .isEqualTo("not-permitted");
        assertThat(http.as(owner)
                        .post(PREVIEW, TestPolicy.without("loginMethods"))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'ipAllowlist':['192.0.2.0/24']}|address|address-not-allowed",
                "{'loginMethods':['saml','passkey']}|method|login-method-not-allowed",
                "{'mfaRequired':'privileged'}|mfa|mfa-required",
            })
    @Claim({"I2", "I6"})
    void whoeverLocksThemselvesOutHasToSaySo(String members, String because, String after) {
        Answer refused = put(members, "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("locks-you-out");
        assertThat(refused.json().string("detail")).contains("because of: " + because);
        assertThat(http.as(owner).get(POLICY).header("ETag")).contains("\"1\"");
        assertThat(lastEvent().string("outcome")).isEqualTo("refused");
        assertThat(lastEvent().object("metadata").strings("because")).containsExactly(because);
        assertThat(put(members, "?lockMeOut=false").problem()).isEqualTo("locks-you-out");

        assertThat(put(members, "?lockMeOut=true").status()).isEqualTo(200);
        assertThat(http.as(owner).get(POLICY).problem()).isEqualTo(after);
    }

    @Test
    @Claim("I2")
    void whoeverHasWhatIsDemandedIsNotAsked() {
        String token = TestBroker.instance().token(owner, claims -> claims.claim("acr", "mfa"));

        assertThat(http.withToken(token)
                        .with("If-Match", "\"1\"")
                        .send(
                                "PUT",
                                "/api/v1/organizations/" + organization.id() + POLICY,
                                TestPolicy.with("{'mfaRequired':'everybody','stepUpAge':'PT5M'}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void staleVersionIsSaidFirst() {
        assertThat(http.as(owner)
                        .with("If-Match", "\"7\"")
                        .send("PUT", POLICY, TestPolicy.with("{'mfaRequired':'everybody'}"))
                        .problem())
                .isEqualTo("stale-version");
    }

    private Json.Obj preview(String members) {
        Answer answer = http.as(owner).post(PREVIEW, TestPolicy.with(members));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Answer put(String members, String query) {
        return http.as(owner).with("If-Match", "\"1\"").send("PUT", POLICY + query, TestPolicy.with(members));
    }

    private Json.Obj lastEvent() {
        List<Json.Obj> events = beyondTheWalls()
                .sql("SELECT convert_from(leaf, 'UTF8') FROM audit_event WHERE organization_id = ? ORDER BY sequence")
                .param(organization.id().value())
                .query((row, _) -> Json.parseObject(row.getString(1)))
                .list();
        return events.getLast();
    }
}
