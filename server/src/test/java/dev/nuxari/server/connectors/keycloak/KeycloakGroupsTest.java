package dev.nuxari.server.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.connectors.ConnectorContract;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Observed.Assignment;
import dev.nuxari.server.connectors.Observed.Entitlement;
import dev.nuxari.server.connectors.Order.Grant;
import org.junit.jupiter.api.Test;

class KeycloakGroupsTest extends ConnectorContract {
    private final GovernedRealm realm = GovernedRealm.withGroups();

    @Override
    protected GovernedSystem system() {
        return realm;
    }

    @Test
    void groupInAGroupIsAnEntitlementOfItsOwn() {
        String ann = realm.account("Ann");
        String parent = unique("engineering");
        EntitlementRef engineering = realm.entitlement(parent);
        EntitlementRef backend = realm.subgroup(engineering, "backend");

        execute(new Grant(ann, backend));

        assertThat(observe().entitlements())
                .contains(
                        new Entitlement(engineering, "/" + parent, null),
                        new Entitlement(backend, "/" + parent + "/backend", null));
        assertThat(observe().assignments())
                .contains(new Assignment(ann, backend))
                .doesNotContain(new Assignment(ann, engineering));
    }
}
