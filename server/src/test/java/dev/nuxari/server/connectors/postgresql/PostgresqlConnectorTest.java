package dev.nuxari.server.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.connectors.ConnectorContract;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Observed.Account;
import dev.nuxari.server.connectors.Order.Disable;
import dev.nuxari.server.connectors.Order.Grant;
import dev.nuxari.server.connectors.Order.Revoke;
import dev.nuxari.server.connectors.Outcome;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.workflow.FailureClass;
import org.junit.jupiter.api.Test;

class PostgresqlConnectorTest extends ConnectorContract {
    private final GovernedCluster cluster = GovernedCluster.instance();

    @Override
    protected GovernedSystem system() {
        return cluster;
    }

    @Test
    void personTableSaysWhoseAccountARoleIs() {
        String ann = cluster.account(unique("ann"));
        cluster.person(ann, "Ann Archer", "ann@acme.example");

        assertThat(observe().accounts()).contains(new Account(ann, "Ann Archer", "ann@acme.example", true));
    }

    @Test
    void disabledAccountIsNotTakenForAGroup() {
        String ann = cluster.account(unique("ann"));
        cluster.comment(ann, "hired in May");
        execute(new Disable(ann));

        assertThat(observe().accounts()).extracting(Account::nativeId).contains(ann);
        assertThat(observe().entitlements())
                .extracting(entitlement -> entitlement.ref().nativeId())
                .doesNotContain(ann);
        assertThat(cluster.comment(ann)).startsWith("hired in May");
    }

    @Test
    void membershipGrantedBySeveralEndsWithAllOfThem() {
        String ann = cluster.account(unique("ann"));
        EntitlementRef wiki = cluster.entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));
        cluster.grantAsAnother(wiki.nativeId(), ann);

        assertThat(execute(new Revoke(ann, wiki), cluster.superuser())).isEqualTo(Outcome.CHANGED);

        assertThat(cluster.holds(ann, wiki)).isFalse();
    }

    @Test
    void excludedRolesAreNeitherShownNorChanged() {
        String ann = cluster.account(unique("ann"));
        var excluded = new EntitlementRef("role", GovernedCluster.EXCLUDED);

        assertThat(observe().entitlements())
                .extracting(entitlement -> entitlement.ref().nativeId())
                .doesNotContain(GovernedCluster.EXCLUDED, "pg_read_all_data");
        assertFailure(() -> execute(new Grant(ann, excluded)), FailureClass.CONFIGURATION);
        assertFailure(
                () -> execute(new Grant(ann, new EntitlementRef("role", "pg_read_all_data"))),
                FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Disable("postgres")), FailureClass.CONFIGURATION);
    }

    @Test
    void missingPersonTableIsAFailureOfConfiguration() {
        var settings = new Settings(cluster.settings().json().with("personTable", "nothing\"; DROP TABLE person; --"));

        assertFailure(() -> cluster.connector().observe(settings, cluster.observe()), FailureClass.CONFIGURATION);
    }

    @Test
    void databaseThatDoesNotExistIsAFailureOfConfiguration() {
        var settings = new Settings(cluster.settings().json().with("database", "nothing?ssl=true"));

        assertFailure(() -> cluster.connector().probe(settings, cluster.observe()), FailureClass.CONFIGURATION);
    }
}
