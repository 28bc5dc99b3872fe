package dev.nuxari.server.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.connectors.ConnectorContract;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Observed.Account;
import dev.nuxari.server.connectors.Observed.Entitlement;
import dev.nuxari.server.connectors.Order.Disable;
import dev.nuxari.server.connectors.Order.Grant;
import dev.nuxari.server.connectors.Outcome;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.workflow.FailureClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakRolesTest extends ConnectorContract {
    private final GovernedRealm realm = GovernedRealm.withRoles();

    @Override
    protected GovernedSystem system() {
        return realm;
    }

    @Test
    void peopleHaveNamesAndAddresses() {
        String ann = realm.account("Ann");

        assertThat(observe().accounts())
                .contains(new Account(ann, "Ann Archer", realm.username(ann) + "@acme.example", true));
    }

    @Test
    void rolesThatKeycloakMakesItselfAndServiceAccountsAreNotShown() {
        assertThat(observe().entitlements())
                .extracting(Entitlement::name)
                .noneMatch(name -> name.startsWith("default-roles-") || name.equals("offline_access"));
        assertThat(observe().accounts())
                .extracting(Account::displayName)
                .noneMatch(name -> name.startsWith("service-account-"));
    }

    @Test
    void roleThatWasRenamedIsStillTheOneThatWasApproved() {
        String ann = realm.account("Ann");
        EntitlementRef wiki = realm.entitlement(unique("wiki"));
        realm.rename(wiki, unique("renamed"));

        assertThat(execute(new Grant(ann, wiki))).isEqualTo(Outcome.CHANGED);
        assertThat(realm.holds(ann, wiki)).isTrue();
    }

    @Test
    void disablingKeepsEverythingElse() {
        String ann = realm.account("Ann");
        var before = realm.user(ann);

        execute(new Disable(ann));

        assertThat(realm.user(ann).without("enabled")).isEqualTo(before.without("enabled"));
    }

    @Test
    void realmThatDoesNotExistIsAFailureOfConfiguration() {
        var settings = new Settings(realm.settings().json().with("realm", "nothing/../at?all"));

        assertFailure(() -> realm.connector().observe(settings, realm.observe()), FailureClass.CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://localhost", "localhost:8080", "http://user:secret@localhost", "http://", "http://a b"})
    void addressThatIsNoneIsAFailureOfConfiguration(String url) {
        var settings = new Settings(realm.settings().json().with("url", url));

        assertFailure(() -> realm.connector().check(settings), FailureClass.CONFIGURATION);
    }
}
