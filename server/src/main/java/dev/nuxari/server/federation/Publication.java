package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.broker.RealmAdministration;
import dev.nuxari.server.identity.EmailDomain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Tells the broker about a provider. Each call is repeatable. */
@Component
class Publication {
    private static final String INSTANCE = "/identity-provider/instances/{alias}";

    private final RealmAdministration realm;

    Publication(RealmAdministration realm) {
        this.realm = realm;
    }

    void publish(BrokerSettings settings, @Nullable String secret) {
        Json.Obj wanted = settings.provider();
        if (secret != null) {
            wanted = wanted.with("config", wanted.object("config").with("clientSecret", secret));
        }
        if (realm.get(INSTANCE, settings.alias()).isMissing()) {
            // Not before everything that makes it strict is there.
            realm.send(HttpMethod.POST, wanted.with("enabled", false), "/identity-provider/instances")
                    .expected("make an identity provider");
        }
        bind(settings);
        realm.send(HttpMethod.PUT, wanted, INSTANCE, settings.alias()).expected("change an identity provider");
        announce(settings.organization(), settings.domains());
    }

    private void bind(BrokerSettings settings) {
        if (realm.get(INSTANCE + "/mappers", settings.alias()).expected("list mappers").list().stream()
                .noneMatch(mapper -> mapper.string("name").equals(BrokerSettings.MAPPER))) {
            realm.send(HttpMethod.POST, settings.mapper(), INSTANCE + "/mappers", settings.alias())
                    .expected("bind an identity provider");
        }
        String linked = "/organizations/{organization}/identity-providers";
        String organization = settings.organization().toString();
        if (realm.get(linked, organization).expected("list identity providers").list().stream()
                .noneMatch(one -> one.string("alias").equals(settings.alias()))) {
            realm.send(HttpMethod.POST, Json.of(settings.alias()), linked, organization)
                    .expected("give an identity provider to its organization");
        }
    }

    /** The broker sends people to a provider by the domain of their address. Those that it knows otherwise stay. */
    private void announce(OrganizationId organization, Collection<EmailDomain> domains) {
        String path = "/organizations/{organization}";
        Json.Obj known = realm.get(path, organization.toString())
                .expected("show an organization")
                .object();
        List<Json.Obj> all = new ArrayList<>(known.has("domains") ? known.objects("domains") : List.of());
        int before = all.size();
        domains.stream()
                .map(EmailDomain::name)
                .filter(domain ->
                        all.stream().noneMatch(one -> one.string("name").equals(domain)))
                .toList()
                .forEach(domain -> all.add(Json.object("name", domain, "verified", true)));
        if (all.size() > before) {
            realm.send(HttpMethod.PUT, known.with("domains", all), path, organization.toString())
                    .expected("announce domains");
        }
    }

    void withdraw(OrganizationId organization, ProviderId id) {
        var answer = realm.send(HttpMethod.DELETE, null, INSTANCE, id.alias(organization));
        if (!answer.isMissing()) {
            answer.expected("remove an identity provider");
        }
    }
}
