package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.broker.RealmAdministration;
import dev.nuxari.server.broker.RealmAdministration.Answer;
import dev.nuxari.server.identity.EmailDomain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Tells the broker about a provider, in the scope of its organization and with its row locked. Each call is repeatable. */
@Component
class Publication {
    private static final String INSTANCE = "/identity-provider/instances/{alias}";
    private static final String ORGANIZATION = "/organizations/{organization}";
    private static final String LINKED = ORGANIZATION + "/identity-providers";
    private static final int PAGE = 100;

    private final RealmAdministration realm;
    private final ProviderStore store;
    private final ClientSecrets secrets;

    Publication(RealmAdministration realm, ProviderStore store, ClientSecrets secrets) {
        this.realm = realm;
        this.store = store;
        this.secrets = secrets;
    }

    /** As it is now, for the domains that are verified now. It has a connection. */
    void publish(OrganizationId organization, IdentityProvider provider) {
        var settings = new BrokerSettings(
                organization,
                provider.id(),
                provider.name(),
                provider.isEnabled(),
                provider.preset(),
                Objects.requireNonNull(provider.connection()),
                provider.enrolment(),
                store.verifiedDomains().stream().map(EmailDomain::new).toList());
        Optional<String> secret = secrets.open(provider.id());
        Json.Obj wanted = settings.provider();
        publish(
                settings,
                secret.map(known ->
                                wanted.with("config", wanted.object("config").with("clientSecret", known)))
                        .orElse(wanted));
    }

    private void publish(BrokerSettings settings, Json.Obj wanted) {
        Answer before = realm.get(INSTANCE, settings.alias());
        Set<String> told = told(before);
        if (before.isMissing()) {
            // Not before everything that makes it strict is there.
            realm.send(HttpMethod.POST, wanted.with("enabled", false), "/identity-provider/instances")
                    .expected("make an identity provider");
        }
        bind(settings);
        // What was told before stands in the settings, so these are replaced last.
        announce(settings.organization(), told, settings.domains());
        realm.send(HttpMethod.PUT, wanted, INSTANCE, settings.alias()).expected("change an identity provider");
    }

    private void bind(BrokerSettings settings) {
        if (realm.get(INSTANCE + "/mappers", settings.alias()).expected("list mappers").list().stream()
                .noneMatch(mapper -> mapper.string("name").equals(BrokerSettings.MAPPER))) {
            realm.send(HttpMethod.POST, settings.mapper(), INSTANCE + "/mappers", settings.alias())
                    .expected("bind an identity provider");
        }
        String organization = settings.organization().toString();
        if (linked(organization).stream().noneMatch(one -> one.string("alias").equals(settings.alias()))) {
            realm.send(HttpMethod.POST, Json.of(settings.alias()), LINKED, organization)
                    .expected("give an identity provider to its organization");
        }
    }

    private List<Json.Obj> linked(String organization) {
        return realm.get(LINKED, organization)
                .expected("list identity providers")
                .list();
    }

    /** The domains that the broker was told for a provider. */
    private static Set<String> told(Answer instance) {
        return instance.isMissing()
                ? Set.of()
                : told(instance.expected("show an identity provider").object()).collect(Collectors.toSet());
    }

    private static Stream<String> told(Json.Obj instance) {
        String domains = instance.has("config")
                ? instance.object("config")
                        .optionalString(BrokerSettings.DOMAINS)
                        .orElse("")
                : "";
        return Stream.of(domains.split(" ")).filter(domain -> !domain.isEmpty());
    }

    /**
     * The broker sends people to a provider by the domain of their address. Those that it was told and are verified no longer
     * are taken back, or whoever has such a domain next could not be told; those that it knows otherwise stay.
     */
    private void announce(OrganizationId organization, Set<String> told, Collection<EmailDomain> domains) {
        Set<String> wanted = domains.stream().map(EmailDomain::name).collect(Collectors.toSet());
        Json.Obj known = realm.get(ORGANIZATION, organization.toString())
                .expected("show an organization")
                .object();
        List<Json.Obj> before = known.has("domains") ? known.objects("domains") : List.of();
        List<Json.Obj> after = new ArrayList<>(before.stream()
                .filter(one -> wanted.contains(one.string("name")) || !told.contains(one.string("name")))
                .toList());
        wanted.stream()
                .sorted()
                .filter(domain ->
                        before.stream().noneMatch(one -> one.string("name").equals(domain)))
                .forEach(domain -> after.add(Json.object("name", domain, "verified", true)));
        if (!after.equals(before)) {
            realm.send(HttpMethod.PUT, known.with("domains", after), ORGANIZATION, organization.toString())
                    .expected("announce domains");
        }
    }

    /** Nobody comes in by it from now on. */
    void close(OrganizationId organization, ProviderId id) {
        Answer found = realm.get(INSTANCE, id.alias(organization));
        if (!found.isMissing()) {
            // What Keycloak shows in the place of the secret, it takes for the one that it has.
            realm.send(
                            HttpMethod.PUT,
                            found.expected("show an identity provider").object().with("enabled", false),
                            INSTANCE,
                            id.alias(organization))
                    .expected("disable an identity provider");
        }
    }

    /** Ends what the broker itself keeps open for whoever has come by it. These are members of no other organization. */
    void signOut(OrganizationId organization, ProviderId id) {
        List<Json.Obj> page;
        int first = 0;
        do {
            page = realm.get(
                            "/users?idpAlias={alias}&briefRepresentation=true&first={first}&max={max}",
                            id.alias(organization),
                            first,
                            PAGE)
                    .expected("list whom an identity provider speaks for")
                    .list();
            for (Json.Obj account : page) {
                Answer answer = realm.send(HttpMethod.POST, null, "/users/{user}/logout", account.string("id"));
                if (!answer.isMissing()) {
                    answer.expected("sign out an account");
                }
            }
            first += PAGE;
        } while (page.size() == PAGE);
    }

    /** Forgets it, and the domains that it was the last to speak for. */
    void withdraw(OrganizationId organization, ProviderId id) {
        String alias = id.alias(organization);
        Set<String> told = told(realm.get(INSTANCE, alias));
        Set<EmailDomain> others = linked(organization.toString()).stream()
                .filter(one -> !one.string("alias").equals(alias))
                .flatMap(Publication::told)
                .map(EmailDomain::new)
                .collect(Collectors.toSet());
        if (!told.isEmpty()) {
            announce(organization, told, others);
        }
        Answer answer = realm.send(HttpMethod.DELETE, null, INSTANCE, alias);
        if (!answer.isMissing()) {
            answer.expected("remove an identity provider");
        }
    }
}
