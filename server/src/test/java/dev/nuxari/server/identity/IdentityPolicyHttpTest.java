package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
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
    void everyOrganizationHasAPolicyThatEnrolsFromEverywhere() {
        Answer answer = as(Role.ADMIN).get(POLICY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(answer.body()).isEqualTo("{\"emailDomainAllowlist\":[],\"version\":1}");
    }

    @Test
    @Claim("T3")
    void domainsAreKeptAsDnsComparesThem() {
        Answer answer = put("{'emailDomainAllowlist':['B\u00dcCHER.example','Acme.Example.','acme.example']}", 1);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).contains("\"2\"");
        assertThat(answer.body())
                .isEqualTo("{\"emailDomainAllowlist\":[\"acme.example\",\"xn--bcher-kva.example\"],\"version\":2}");
        assertThat(as(Role.OWNER).get(POLICY).body()).isEqualTo(answer.body());
    }

    @Test
    void changeIsAuditedWithBeforeAndAfter() {
        put("{'emailDomainAllowlist':['acme.example']}", 1);

        Json.Obj event = lastEvent();
        assertThat(event.string("action")).isEqualTo("identity-policy.change");
        assertThat(event.object("before").canonical()).isEqualTo("{\"emailDomainAllowlist\":[],\"version\":1}");
        assertThat(event.object("after").canonical())
                .isEqualTo("{\"emailDomainAllowlist\":[\"acme.example\"],\"version\":2}");
    }

    @Test
    void changeNamesTheVersionItIsFor() {
        assertThat(as(Role.OWNER)
                        .send("PUT", POLICY, "{'emailDomainAllowlist':[]}")
                        .problem())
                .isEqualTo("precondition-required");
        assertThat(put("{'emailDomainAllowlist':['acme.example']}", 7).problem())
                .isEqualTo("stale-version");
        assertThat(lastEvent().string("outcome")).isEqualTo("refused");
        assertThat(as(Role.OWNER).get(POLICY).header("ETag")).contains("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
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
                "{'emailDomainAllowlist':['acme.example'],'mfaRequired':'nobody'}"
            })
    void whatIsNoListOfDomainsIsRefused(String body) {
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

    private Answer put(String body, int version) {
        return as(Role.OWNER).with("If-Match", "\"" + version + "\"").send("PUT", POLICY, body);
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
