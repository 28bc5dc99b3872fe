package dev.nuxari.server.roles;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Session;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A role is what the membership row says. What anybody else says about it, the broker included, is not read. */
@ServerTest
@Claim("T5")
class InjectedRoleHttpTest {
    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> claims() {
        return Stream.of(
                claims -> claims.claim("role", "owner"),
                claims -> claims.claim("roles", List.of("owner", "admin")),
                claims -> claims.claim("realm_access", Map.of("roles", List.of("owner", "admin", "realm-admin"))),
                claims -> claims.claim(
                        "resource_access", Map.of("nuxari-api", Map.of("roles", List.of("owner", "admin")))),
                claims -> claims.claim("groups", List.of("/owners", "owner")),
                claims -> claims.claim("scope", "openid owner admin members:manage-owners"),
                claims -> claims.claim("permissions", List.of("members:manage-owners", "audit:read")),
                claims -> claims.claim("authorities", List.of("ROLE_owner", "ROLE_ADMIN")),
                claims -> claims.claim("nuxari", Map.of("role", "owner")));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void claimOfTheTokenIsNoRole(UnaryOperator<JWTClaimsSet.Builder> change) {
        mustBeReadonly(http.withToken(TestBroker.instance().token(organization.member(Role.READONLY), change)));
    }

    @Test
    void roleBesideTheSignedOrganizationIsNoRole() {
        String id = organization.id().toString();

        mustBeReadonly(http.withToken(TestBroker.instance()
                .token(
                        organization.member(Role.READONLY),
                        claims -> claims.claim(
                                "organization",
                                Map.of("acme", Map.of("id", id, "role", "owner", "roles", List.of("owner")))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Role",
                "X-Roles",
                "X-User-Role",
                "X-Forwarded-Roles",
                "X-Auth-Roles",
                "X-Permissions",
                "Role",
                "X-Forwarded-User",
                "X-Remote-User",
                "X-Member-Id",
                "X-Original-User",
                "Cookie"
            })
    void headerIsNoRole(String name) {
        TestMember owner = organization.member(Role.OWNER);
        for (String value :
                List.of("owner", "role=owner", owner.subject(), owner.id().toString(), owner.email())) {
            mustBeReadonly(http.as(organization.member(Role.READONLY)).with(name, value));
        }
    }

    @Test
    void parameterOrFieldIsNoRole() {
        Session readonly = http.as(organization.member(Role.READONLY));
        String owner = organization.member(Role.OWNER).id().toString();

        assertThat(readonly.get("/audit-head?role=owner&memberId=" + owner).problem())
                .isEqualTo("not-permitted");
        assertThat(readonly.post("/requests", "{'role':'owner','memberId':'" + owner + "'}")
                        .problem())
                .isEqualTo("not-permitted");
    }

    /** The same person, an owner elsewhere: a role belongs to a membership, not to a person. */
    @Test
    void roleInAnotherOrganizationIsNoRoleHere() {
        TestOrganization other = TestOrganization.fresh();
        TestMember readonly = organization.member(Role.READONLY);
        other.enrol(readonly, Role.OWNER);

        String token = TestBroker.instance()
                .token(
                        readonly,
                        claims -> claims.claim(
                                "organization",
                                Map.of(
                                        "other", Map.of("id", other.id().toString()),
                                        "own", Map.of("id", organization.id().toString()))));

        assertThat(http.withToken(token)
                        .get("/api/v1/organizations/" + other.id() + "/audit-head")
                        .status())
                .isEqualTo(200);
        assertThat(http.withToken(token)
                        .get("/api/v1/organizations/" + organization.id() + "/audit-head")
                        .problem())
                .isEqualTo("not-permitted");
    }

    @ParameterizedTest
    @EnumSource
    void tokenGrantsWhatTheMembershipDoes(Role role) {
        var me = http.as(organization.member(role)).get("/api/v1/me").json();

        assertThat(me.string("role")).isEqualTo(Spelling.of(role));
        assertThat(me.strings("permissions"))
                .containsExactlyInAnyOrderElementsOf(role.permissions().stream()
                        .map(permission -> permission.spelled())
                        .toList());
    }

    private void mustBeReadonly(Session session) {
        assertThat(session.get("/api/v1/me").json().string("role")).isEqualTo("readonly");
        assertThat(session.get("/api/v1/organizations/" + organization.id() + "/audit-head")
                        .problem())
                .isEqualTo("not-permitted");
    }
}
