package dev.nuxari.server.federation;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.EnrolmentDoor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hand-written SQL in a scope of the server's role: it neither sets up a provider nor enrols beyond what one permits. */
@ServerTest
@Claim({"I1", "T3", "T5"})
class FederationWallsTest {
    private static final String ADD = """
            INSERT INTO identity_provider
                (organization_id, provider_id, name, state, preset, source, connection, default_role, ceiling,
                 groups_claim, rules, created_at, version)
            VALUES (?, ?, ?, ?, 'saml', '{}', '{}', 'readonly', ?, '', '{}', now(), 1)
            """;

    private static final String ENROL = """
            INSERT INTO member (organization_id, subject, email, display_name, role, state)
            VALUES (?, ?, ?, 'Newcomer', ?, 'active')
            """;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    private TestOrganization organization = TestOrganization.fresh();
    private final UUID provider = UUID.randomUUID();
    private String domain = "";

    @BeforeEach
    void givenEnabledProviderUpToApprover() {
        organization = TestOrganization.fresh();
        domain = "w" + UUID.randomUUID() + ".example";
        beyondTheWalls().sql("""
                INSERT INTO organization_domain
                    (organization_id, domain_id, domain, token, state, added_at, verified_at, next_check_at)
                VALUES (?, uuidv7(), ?, repeat('0', 32), 'verified', now(), now(), now())
                """).params(id(), domain).update();
        beyondTheWalls()
                .sql(ADD)
                .params(id(), provider, "Acme", "enabled", "approver")
                .update();
    }

    private UUID id() {
        return organization.id().value();
    }

    private Caller door(UUID source) {
        return EnrolmentDoor.FEDERATION.open(doorkeeper, organization.id(), source, Origin.SERVER);
    }

    private int run(Caller caller, String sql, Object... parameters) {
        return scope.within(
                organization.id(),
                caller,
                () -> server.sql(sql).params(parameters).update());
    }

    private int enrol(UUID source, String email, String role) {
        return run(door(source), ENROL, id(), "subject-" + UUID.randomUUID(), email, role);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OWNER"})
    void othersNeitherAddChangeNorRemoveAProvider(Role role) {
        Caller caller = organization.caller(doorkeeper, role);
        assertThatThrownBy(() -> run(caller, ADD, id(), UUID.randomUUID(), "Evil", "draft", "requester"))
                .hasMessageContaining("may not change identity providers");
        assertThatThrownBy(() -> run(
                        caller,
                        "UPDATE identity_provider SET ceiling = 'admin', version = version + 1 WHERE provider_id = ?",
                        provider))
                .hasMessageContaining("may not change identity providers");
        assertThatThrownBy(() -> run(caller, "DELETE FROM identity_provider WHERE provider_id = ?", provider))
                .hasMessageContaining("may not change identity providers");
    }

    /** What a provider publishes about itself, it may change; what it may do here, nobody but owners. */
    @Test
    void timerTakesOverKeysAndNothingElse() {
        Caller timer = doorkeeper.admitSystem(organization.id(), ProviderMetadata.KIND);
        String change = "UPDATE identity_provider SET %s, version = version + 1 WHERE provider_id = ?";

        assertThat(run(timer, change.formatted("connection = '{\"more\": 1}'"), provider))
                .isEqualTo(1);
        for (String beyond : new String[] {
            "ceiling = 'admin'",
            "default_role = 'approver'",
            "state = 'disabled'",
            "source = '{\"x\": 1}'",
            "name = 'Evil'"
        }) {
            assertThatThrownBy(() -> run(timer, change.formatted(beyond), provider))
                    .hasMessageContaining("may not change identity providers");
        }
        assertThatThrownBy(() -> run(timer, ADD, id(), UUID.randomUUID(), "Evil", "draft", "requester"))
                .hasMessageContaining("may not change identity providers");
        assertThatThrownBy(() -> run(timer, "DELETE FROM identity_provider WHERE provider_id = ?", provider))
                .hasMessageContaining("may not change identity providers");
    }

    @Test
    void noProviderMakesOwners() {
        Caller owner = organization.caller(doorkeeper, Role.OWNER);
        assertThatThrownBy(() -> run(owner, ADD, id(), UUID.randomUUID(), "High", "draft", "owner"))
                .hasMessageContaining("identity_provider");
        assertThatThrownBy(() -> enrol(provider, "x@" + domain, "owner")).hasMessageContaining("may not enrol");
    }

    @Test
    void doorEnrolsUpToTheCeilingAndFromVerifiedDomains() {
        assertThat(enrol(provider, "one@" + domain, "approver")).isEqualTo(1);
        assertThatThrownBy(() -> enrol(provider, "two@" + domain, "admin")).hasMessageContaining("may not enrol");
        assertThatThrownBy(() -> enrol(provider, "two@elsewhere.example", "readonly"))
                .hasMessageContaining("may not enrol");
        assertThatThrownBy(() -> enrol(provider, "two@sub." + domain, "readonly"))
                .hasMessageContaining("may not enrol");
        assertThatThrownBy(() -> enrol(UUID.randomUUID(), "two@" + domain, "readonly"))
                .hasMessageContaining("may not enrol");
    }

    @Test
    void disabledProviderAndLapsedDomainOpenNothing() {
        beyondTheWalls()
                .sql("UPDATE identity_provider SET state = 'disabled', version = version + 1 WHERE provider_id = ?")
                .param(provider)
                .update();
        assertThatThrownBy(() -> enrol(provider, "one@" + domain, "readonly")).hasMessageContaining("may not enrol");
    }

    @Test
    void lapsedDomainOpensNothing() {
        beyondTheWalls()
                .sql("UPDATE organization_domain SET state = 'pending', verified_at = NULL WHERE domain = ?")
                .param(domain)
                .update();
        assertThatThrownBy(() -> enrol(provider, "one@" + domain, "readonly")).hasMessageContaining("may not enrol");
    }

    @Test
    void providerOfAnotherOrganizationOpensNothing() {
        TestOrganization other = TestOrganization.fresh();
        UUID foreign = UUID.randomUUID();
        beyondTheWalls()
                .sql(ADD)
                .params(other.id().value(), foreign, "Other", "enabled", "admin")
                .update();
        assertThatThrownBy(() -> enrol(foreign, "one@" + domain, "readonly")).hasMessageContaining("may not enrol");
    }

    @Test
    void ofAMemberTheDoorChangesTheRoleBelowTheCeilingAndNothingElse() {
        enrol(provider, "one@" + domain, "requester");
        String change = "UPDATE member SET %s, version = version + 1 WHERE email = ?";

        assertThat(run(door(provider), change.formatted("role = 'approver'"), "one@" + domain))
                .isEqualTo(1);
        for (String beyond :
                new String[] {"role = 'admin'", "role = 'owner'", "state = 'suspended'", "display_name = 'X'"}) {
            assertThatThrownBy(() -> run(door(provider), change.formatted(beyond), "one@" + domain))
                    .isInstanceOf(RuntimeException.class);
        }
        beyondTheWalls()
                .sql("UPDATE member SET role = 'admin', version = version + 1 WHERE email = ?")
                .param("one@" + domain)
                .update();
        assertThatThrownBy(() -> run(door(provider), change.formatted("role = 'readonly'"), "one@" + domain))
                .hasMessageContaining("may not change");
    }
}
