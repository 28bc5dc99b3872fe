package dev.nuxari.server.connectors.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.connectors.ConnectorContract;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Observed.Account;
import dev.nuxari.server.connectors.Order.Disable;
import dev.nuxari.server.connectors.Order.Grant;
import dev.nuxari.server.connectors.Outcome;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.connectors.Sight;
import dev.nuxari.server.workflow.FailureClass;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LdapConnectorTest extends ConnectorContract {
    private final GovernedDirectory directory = GovernedDirectory.instance();

    @Override
    protected GovernedSystem system() {
        return directory;
    }

    @Test
    void peopleHaveNamesAndAddresses() {
        String name = unique("ann");
        String ann = directory.account(name);

        assertThat(observe().accounts()).contains(new Account(ann, name, "someone@acme.example", true));
    }

    @Test
    void nameIsTheSameHoweverItIsWritten() {
        String ann = directory.account(unique("ann"));
        EntitlementRef wiki = directory.entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));
        String shouted = ann.toUpperCase(Locale.ROOT).replace(",", " , ");

        assertThat(look(shouted, wiki)).isEqualTo(new Sight(true, true, true));
        assertThat(execute(new Grant(shouted, wiki))).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void entriesOutsideTheGovernedBasesAreNotChanged() {
        EntitlementRef wiki = directory.entitlement(unique("wiki"));
        String ann = directory.account(unique("ann"));
        var asGroup = new EntitlementRef("group", ann);

        assertFailure(() -> execute(new Disable(wiki.nativeId())), FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Grant(ann, asGroup)), FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Disable(directory.peopleBase())), FailureClass.CONFIGURATION);
    }

    @Test
    void missingBaseIsAFailureOfConfiguration() {
        var settings = new Settings(directory.settings().json().with("groupsBase", "ou=nothing,dc=t,dc=example"));

        assertFailure(() -> directory.connector().probe(settings, directory.observe()), FailureClass.CONFIGURATION);
        assertFailure(() -> directory.connector().observe(settings, directory.observe()), FailureClass.CONFIGURATION);
    }

    @Test
    void baseThatIsNoNameIsAFailureOfConfiguration() {
        var settings = new Settings(directory.settings().json().with("groupsBase", "groups"));

        assertFailure(() -> directory.connector().check(settings), FailureClass.CONFIGURATION);
    }
}
