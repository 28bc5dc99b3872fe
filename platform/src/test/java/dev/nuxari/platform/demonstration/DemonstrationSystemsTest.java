package dev.nuxari.platform.demonstration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.Lifetime;
import dev.nuxari.platform.RememberedPorts;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationSystemsTest {
    private static final Population ACME = Population.of("acme");

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static DemonstrationSystems systems;

    @BeforeAll
    static void start() {
        systems = begin();
        systems.realms(SharedKeycloak.instance().keycloak());
    }

    @AfterAll
    static void stop() {
        systems.close();
    }

    @Test
    void realmHoldsTheContentAndDrifts() {
        Content content = Content.of(ACME, Catalogue.REALM);
        assertThat(admin().list("/admin/realms/governed-acme/users?max=1000")).hasSize(Population.SIZE);
        assertThat(holders(first(content.drift().granted())))
                .hasSize(count(content, first(content.drift().granted())));

        drift("keycloak");
        drift("keycloak");

        assertThat(holders(first(content.drift().granted())))
                .hasSizeGreaterThan(count(content, first(content.drift().granted())));
    }

    @Test
    void operatorOfTheDatabaseGrantsRevokesAndDisablesWithoutBeingSuperuser() throws SQLException {
        Content content = Content.of(ACME, Catalogue.DATABASE);
        assertThat(query("SELECT count(*) FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member"
                        + " WHERE rolname NOT LIKE 'nuxari%' AND rolname NOT LIKE 'pg_%'"))
                .isEqualTo(content.assignments());

        drift("postgresql");
        drift("postgresql");

        assertThat(query("SELECT count(*) FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member"
                        + " WHERE rolname NOT LIKE 'nuxari%' AND rolname NOT LIKE 'pg_%'"))
                .isEqualTo(content.assignments() + 6 - 4);
        try (Connection operator = connect("execute");
                Statement statement = operator.createStatement()) {
            statement.execute("ALTER ROLE readonly NOLOGIN");
            assertThat(query("SELECT rolcanlogin::int FROM pg_roles WHERE rolname = 'readonly'"))
                    .isZero();
            statement.execute("ALTER ROLE readonly LOGIN");
            assertThatThrownBy(() -> statement.execute("ALTER ROLE postgres NOLOGIN"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection observer = connect("observe");
                Statement statement = observer.createStatement()) {
            assertThatThrownBy(() -> statement.execute("GRANT hr_payroll_admin TO requester"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void directoryHoldsTheContentAndDrifts() throws LDAPException {
        Content content = Content.of(ACME, Catalogue.DIRECTORY);
        assertThat(memberships()).isEqualTo(content.assignments());

        drift("ldap");
        drift("ldap");

        assertThat(memberships()).isEqualTo(content.assignments() + 6 - 4);
    }

    @Test
    void secondStartFindsWhatIsThere() {
        int port = systems.directory().tree("acme").port();
        systems.close();

        systems = begin();

        assertThat(systems.directory().tree("acme").port()).isEqualTo(port);
    }

    private static DemonstrationSystems begin() {
        return DemonstrationSystems.start(
                folder, List.of("acme"), new RememberedPorts(folder.resolve("ports.json")), Lifetime.OURS);
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }

    private static Json.Obj system(String kind) {
        return systems.systems("acme", SharedKeycloak.instance().url()).stream()
                .filter(system -> system.string("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void drift(String kind) {
        DemonstrationSystems.drift("acme", List.of(system(kind)), admin());
    }

    private static Entitlement first(List<Content.Assignment> assignments) {
        return assignments.stream()
                .map(Content.Assignment::entitlement)
                .filter(entitlement -> entitlement.kind() == Entitlement.Kind.ROLE)
                .findFirst()
                .orElseThrow();
    }

    private static int count(Content content, Entitlement entitlement) {
        return content.holders().getOrDefault(entitlement, Set.of()).size();
    }

    private static List<Json.Obj> holders(Entitlement role) {
        return admin().list("/admin/realms/governed-acme/roles/" + role.name() + "/users?max=1000");
    }

    private static Connection connect(String purpose) throws SQLException {
        Json.Obj credential = system("postgresql").object("credentials").object(purpose);
        return DriverManager.getConnection(
                requireNonNull(systems.clusters().get("acme")).jdbcUrl(GovernedDatabase.DATABASE),
                credential.string("username"),
                credential.string("password"));
    }

    private static long query(String sql) throws SQLException {
        try (Connection observer = connect("observe");
                Statement statement = observer.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int memberships() throws LDAPException {
        Json.Obj credential = system("ldap").object("credentials").object("observe");
        try (LDAPConnection connection = new LDAPConnection(
                "127.0.0.1",
                systems.directory().tree("acme").port(),
                credential.string("bindDn"),
                credential.string("password"))) {
            SearchResult groups = requireNonNull(connection.search(
                    "ou=groups,dc=acme,dc=example", SearchScope.SUB, "(objectClass=groupOfNames)", "member"));
            return requireNonNull(groups.getSearchEntries()).stream()
                    .mapToInt(DemonstrationSystemsTest::members)
                    .sum();
        }
    }

    private static int members(SearchResultEntry group) {
        String[] members = group.getAttributeValues("member");
        return members == null ? 0 : members.length;
    }
}
