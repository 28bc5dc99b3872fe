package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A token behind which an organization's own provider stands, signed by the broker. */
@ServerTest
@Claim({"T2", "T5", "I1"})
class FederatedTokenHttpTest {
    private static final String ME = "/api/v1/me";

    @Autowired
    TestHttp http;

    private final TestOrganization organization = TestOrganization.fresh();
    private final TestOrganization other = TestOrganization.fresh();

    private TestHttp.Session by(String provider, TestMember member) {
        return http.withToken(TestBroker.instance()
                .token(
                        member,
                        claims -> claims.claim("identity_provider", provider).claim("login_method", "oidc")));
    }

    /** What the broker calls a new provider of that organization. */
    private static String alias(OrganizationId of, String state) {
        UUID provider = UUID.randomUUID();
        beyondTheWalls()
                .sql("""
                INSERT INTO identity_provider
                    (organization_id, provider_id, name, state, preset, source, connection, default_role, ceiling,
                     groups_claim, rules, created_at, version)
                VALUES (?, ?, ?, ?, 'saml', '{}', '{}', 'readonly', 'approver', '', '{}', now(), 1)
                """)
                .params(of.value(), provider, provider.toString(), state)
                .update();
        return "org-" + of + "-" + provider;
    }

    private static String alias(OrganizationId of) {
        return alias(of, "enabled");
    }

    /** Its tokens outlive it by minutes. */
    @Test
    @Claim("I6")
    void providerThatIsNoWayInStandsForNobody() {
        TestMember member = organization.member(Role.APPROVER);
        assertThat(by(alias(organization.id(), "disabled"), member).get(ME).problem())
                .isEqualTo("login-method-not-allowed");
        assertThat(by("org-" + organization.id() + "-" + UUID.randomUUID(), member)
                        .get(ME)
                        .problem())
                .isEqualTo("login-method-not-allowed");
    }

    @Test
    void wordOfAProviderCountsForItsOwnOrganization() {
        TestMember member = organization.member(Role.APPROVER);
        assertThat(by(alias(organization.id()), member).get(ME).status()).isEqualTo(200);
        assertThat(by("company-wide", member).get(ME).status()).isEqualTo(200);
    }

    /** Whoever runs the provider of one organization can name anybody; elsewhere that opens nothing. */
    @Test
    void wordOfAProviderCountsForNoOtherOrganization() {
        TestMember member = organization.member(Role.APPROVER);
        assertThat(by(alias(other.id()), member).get(ME).problem()).isEqualTo("not-a-member");
    }

    @Test
    void ownersAreNotLetInOnTheWordOfAProvider() {
        TestMember owner = organization.member(Role.OWNER);
        assertThat(by(alias(organization.id()), owner).get(ME).problem()).isEqualTo("login-method-not-allowed");
        assertThat(by("company-wide", owner).get(ME).status()).isEqualTo(200);
    }
}
