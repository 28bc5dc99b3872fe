package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.testing.TestPolicy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The list of e-mail domains, as owners and admins keep it. */
@ServerTest
class IdentityPolicyHttpTest {
    private static final String POLICY = "/identity-policy";

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void everyOrganizationHasAPolicyThatLetsInFromEverywhere() {
        Answer answer = as(Role.ADMIN).get(POLICY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(answer.json()).isEqualTo(policy("{}", 1));
    }

    @Test
    @Claim("T3")
    void domainsAreKeptAsDnsComparesThem() {
        Answer answer = put("{'emailDomainAllowlist':['B\u00dcCHER.example','Acme.Example.','acme.example']}", 1);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).contains("\"2\"");
        assertThat(answer.json())
                .isEqualTo(policy("{'emailDomainAllowlist':['acme.example','xn--bcher-kva.example']}", 2));
        assertThat(as(Role.OWNER).get(POLICY).body()).isEqualTo(answer.body());
    }

    @Test
    void changeIsAuditedWithBeforeAndAfter() {
        put("{'emailDomainAllowlist':['acme.example']}", 1);

        Json.Obj event = lastEvent();
        assertThat(event.string("action")).isEqualTo("identity-policy.change");
        assertThat(event.object("before")).isEqualTo(policy("{}", 1));
        assertThat(event.object("after")).isEqualTo(policy("{'emailDomainAllowlist':['acme.example']}", 2));
    }

    @Test
    void changeNamesTheVersionItIsFor() {
        assertThat(as(Role.OWNER).send("PUT", POLICY, TestPolicy.with("{}")).problem())
                .isEqualTo("precondition-required");
        assertThat(put("{'emailDomainAllowlist':['acme.example']}", 7).problem())
                .isEqualTo("stale-version");
        assertThat(lastEvent().string("outcome")).isEqualTo("refused");
        assertThat(as(Role.OWNER).get(POLICY).header("ETag")).contains("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'emailDomainAllowlist':null}",
                "{'emailDomainAllowlist':'acme.example'}",
                "{'emailDomainAllowlist':[null]}",
                "{'emailDomainAllowlist':[1]}",
                "{'emailDomainAllowlist':['']}",
                "{'emailDomainAllowlist':['acme']}",
                "{'emailDomainAllowlist':['*.acme.example']}",
                "{'emailDomainAllowlist':['@acme.example']}",
                "{'emailDomainAllowlist':['ann@acme.example']}",
                "{'emailDomainAllowlist':['acme.example evil.example']}",
                "{'emailDomainAllowlist':['stra\u00dfe.example']}",
                "{'mfaRequired':null}",
                "{'mfaRequired':'somebody'}",
                "{'mfaRequired':'EVERYBODY'}",
                "{'mfaRequired':true}",
                "{'loginMethods':[]}",
                "{'loginMethods':null}",
                "{'loginMethods':[null]}",
                "{'loginMethods':['ldap']}",
                "{'loginMethods':'password'}",
                "{'loginMethods':['oidc','oidc','oidc','oidc','oidc']}",
                "{'ipAllowlist':null}",
                "{'ipAllowlist':[null]}",
                "{'ipAllowlist':['acme.example']}",
                "{'ipAllowlist':['192.0.2.7/24']}",
                "{'ipAllowlist':['192.0.2.07']}",
                "{'ipAllowlist':['fe80::1%eth0']}",
                "{'ipAllowlist':['::ffff:192.0.2.0/120']}",
                "{'inviteTtl':null}",
                "{'inviteTtl':3600}",
                "{'inviteTtl':'PT59M'}",
                "{'inviteTtl':'P31D'}",
                "{'sessionMaxAge':'PT14M59S'}",
                "{'sessionMaxAge':'P1M'}",
                "{'sessionMaxAge':'PT-8H'}",
                "{'sessionMaxAge':'pt8h'}",
                "{'sessionMaxAge':'8h'}",
                "{'sessionMaxAge':'P'}",
                "{'sessionMaxAge':'PT'}",
                "{'sessionMaxAge':'P999999999D'}",
                "{'sessionMaxAge':'PT0.5H'}",
                "{'idleTimeout':'PT4M'}",
                "{'idleTimeout':''}",
                "{'stepUpAge':'PT59S'}",
                "{'stepUpAge':'PT24H1S'}",
                "{'unknown':1}"
            })
    void whatIsNoPolicyIsRefused(String body) {
        assertThat(put(body, 1).status()).isEqualTo(400);
        assertThat(as(Role.OWNER).get(POLICY).header("ETag")).contains("\"1\"");
    }

    @Test
    void errorNamesTheDomain() {
        Answer answer = put("{'emailDomainAllowlist':['acme.example','nonsense']}", 1);

        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().objects("errors").getFirst().string("pointer")).isEqualTo("/emailDomainAllowlist/1");
        assertThat(answer.json().string("detail")).contains("is no domain such as acme.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emailDomainAllowlist",
                "mfaRequired",
                "loginMethods",
                "ipAllowlist",
                "inviteTtl",
                "sessionMaxAge",
                "idleTimeout"
            })
    void policyIsReplacedWhole(String member) {
        assertThat(as(Role.OWNER)
                        .with("If-Match", "\"1\"")
                        .send("PUT", POLICY, TestPolicy.without(member))
                        .json()
                        .string("detail"))
                .isEqualTo("/" + member + ": is missing");
    }

    @Test
    @Claim({"I2", "I6"})
    void termsAreKeptInTheirOneSpelling() {
        Answer answer = put(
                "{'mfaRequired':'privileged','loginMethods':['saml','password','saml'],"
                        + "'ipAllowlist':['2001:DB8:0::/48','127.0.0.0/8','192.0.2.7','::1'],'inviteTtl':'P2D',"
                        + "'sessionMaxAge':'PT480M','idleTimeout':'PT30M0S','stepUpAge':'PT10M'}",
                1,
                "?lockMeOut=true");

        assertThat(answer.json())
                .isEqualTo(policy(
                        "{'mfaRequired':'privileged','loginMethods':['password','saml'],"
                                + "'ipAllowlist':['127.0.0.0/8','192.0.2.7/32','::1/128','2001:db8::/48'],'inviteTtl':'PT48H',"
                                + "'sessionMaxAge':'PT8H','idleTimeout':'PT30M','stepUpAge':'PT10M'}",
                        2));
        assertThat(lastEvent().object("after")).isEqualTo(answer.json());
        assertThat(as(Role.OWNER).get(POLICY).problem()).isEqualTo("mfa-required");
    }

    @Test
    void aThousandNetworksAreTakenAndNoMore() {
        String networks = IntStream.range(0, 1000)
                .mapToObj(i -> "'10.%d.%d.0/24'".formatted(i / 250, i % 250))
                .collect(joining(","));

        assertThat(put("{'ipAllowlist':[" + networks + ",'127.0.0.1']}", 1).body())
                .contains("has more than 1000 items");
        assertThat(put("{'ipAllowlist':[" + networks.replace("'10.3.249.0/24'", "'127.0.0.1'") + "]}", 1)
                        .status())
                .isEqualTo(200);
        assertThat(as(Role.OWNER).get(POLICY).json().strings("ipAllowlist")).hasSize(1000);
    }

    @Test
    void errorNamesTheNetwork() {
        Answer answer = put("{'ipAllowlist':['127.0.0.1','10.1.2.3/8']}", 1);

        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().objects("errors").getFirst().string("pointer")).isEqualTo("/ipAllowlist/1");
        assertThat(answer.json().string("detail")).contains("the block is 10.0.0.0/8");
    }

    private static Json.Obj policy(String members, int version) {
        return Json.parseObject(TestPolicy.with(members)).with("version", version);
    }

    private Answer put(String members, int version) {
        return put(members, version, "");
    }

    private Answer put(String members, int version, String query) {
        return as(Role.OWNER)
                .with("If-Match", "\"" + version + "\"")
                .send("PUT", POLICY + query, TestPolicy.with(members));
    }

    private TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    private Json.Obj lastEvent() {
        return Json.parseObject(beyondTheWalls()
                .sql("""
                        SELECT convert_from(leaf, 'UTF8')
                        FROM audit_event
                        WHERE organization_id = ?
                        ORDER BY sequence DESC
                        LIMIT 1
                        """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .single());
    }
}
