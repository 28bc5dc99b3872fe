package dev.nuxari.server.broker;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.broker.RealmAdministration.Answer;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Organizations at the broker, which have the same ids there. */
@Component
public class BrokerOrganizations {
    private static final String ADDRESS = "/organizations/{organization}";
    private static final String ATTRIBUTES = "attributes";

    private final RealmAdministration realm;

    BrokerOrganizations(RealmAdministration realm) {
        this.realm = realm;
    }

    /**
     * Replaces all values of an attribute; the others stay. Keycloak replaces the whole organization, so of those who do this at
     * once somebody loses: whoever has to be sure looks afterwards what is there.
     *
     * @return whether there is such an organization
     * @throws dev.nuxari.server.api.DependencyDown if the broker does not do it
     */
    public boolean attribute(OrganizationId organization, String name, List<String> values) {
        Answer found = realm.get(ADDRESS, organization.toString());
        if (found.isMissing()) {
            return false;
        }
        Json.Obj known = found.expected("show an organization").object();
        Json.Obj attributes = known.has(ATTRIBUTES) ? known.object(ATTRIBUTES) : Json.object();
        realm.send(
                        HttpMethod.PUT,
                        known.with(ATTRIBUTES, attributes.with(name, values)),
                        ADDRESS,
                        organization.toString())
                .expected("change an organization");
        return true;
    }

    /**
     * The values of an attribute, in no order; none if there is no such organization.
     *
     * @throws dev.nuxari.server.api.DependencyDown if the broker does not say
     */
    public List<String> attribute(OrganizationId organization, String name) {
        Answer found = realm.get(ADDRESS, organization.toString());
        if (found.isMissing()) {
            return List.of();
        }
        Json.Obj known = found.expected("show an organization").object();
        return known.has(ATTRIBUTES) && known.object(ATTRIBUTES).has(name)
                ? known.object(ATTRIBUTES).strings(name)
                : List.of();
    }
}
