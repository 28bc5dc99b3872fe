package dev.nuxari.server.identity;

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

    private static String alias(OrganizationId of) {
        return "org-" + of + "-" + UUID.randomUUID();
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
