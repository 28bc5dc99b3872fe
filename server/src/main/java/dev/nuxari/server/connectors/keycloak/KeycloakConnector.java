package dev.nuxari.server.connectors.keycloak;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.connectors.Connector;
import dev.nuxari.server.connectors.ConnectorFailure;
import dev.nuxari.server.connectors.ConnectorKind;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.connectors.Observed.Account;
import dev.nuxari.server.connectors.Observed.Assignment;
import dev.nuxari.server.connectors.Observed.Entitlement;
import dev.nuxari.server.connectors.Order;
import dev.nuxari.server.connectors.Outcome;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.connectors.Sight;
import dev.nuxari.server.connectors.keycloak.KeycloakHttp.Client;
import dev.nuxari.server.connectors.keycloak.RealmSession.Holding;
import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.ExecutionPermit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accounts are the users of a realm, entitlements its realm roles and groups. Native ids are Keycloak's own, so that a role
 * that is renamed stays what was approved.
 *
 * <p>Holders are listed per role and group: as many calls as there are entitlements, however many people there are.
 */
@Component
class KeycloakConnector implements Connector {
    static final String REALM_ROLE = "realm-role";
    static final String GROUP = "group";

    private final KeycloakHttp http;

    KeycloakConnector(KeycloakHttp http) {
        this.http = http;
    }

    @Override
    public ConnectorKind kind() {
        return ConnectorKind.KEYCLOAK;
    }

    @Override
    public void check(Settings settings) {
        KeycloakSettings.of(settings);
    }

    @Override
    public Set<String> credentialFields() {
        return Set.of("clientId", "clientSecret");
    }

    @Override
    public void probe(Settings settings, Secret observeCredential) {
        session(KeycloakSettings.of(settings), observeCredential).group("none");
    }

    @Override
    public Observed observe(Settings settings, Secret observeCredential) {
        KeycloakSettings realm = KeycloakSettings.of(settings);
        RealmSession session = session(realm, observeCredential);
        List<Account> accounts =
                session.users().stream().map(KeycloakConnector::account).toList();
        Set<String> known = accounts.stream().map(Account::nativeId).collect(Collectors.toSet());
        List<Entitlement> entitlements = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        for (Holding role : session.roles()) {
            if (realm.isGoverned(role.name())) {
                Entitlement entitlement = entitlement(REALM_ROLE, role);
                entitlements.add(entitlement);
                held(session.holdersOfRole(role.name()), entitlement, known).forEach(assignments::add);
            }
        }
        for (Holding group : session.groups()) {
            Entitlement entitlement = entitlement(GROUP, group);
            entitlements.add(entitlement);
            held(session.members(group.id()), entitlement, known).forEach(assignments::add);
        }
        return new Observed(accounts, entitlements, assignments);
    }

    @Override
    public Sight look(
            Settings settings, Secret observeCredential, String account, @Nullable EntitlementRef entitlement) {
        KeycloakSettings realm = KeycloakSettings.of(settings);
        RealmSession session = session(realm, observeCredential);
        Optional<Json.Obj> target = Optional.ofNullable(entitlement).map(ref -> target(session, realm, ref));
        return session.user(account)
                .map(user -> new Sight(
                        true,
                        user.bool("enabled"),
                        entitlement != null
                                && target.filter(found -> isHeld(session, account, entitlement.kind(), found))
                                        .isPresent()))
                .orElse(Sight.NOTHING);
    }

    @Override
    public Outcome execute(ExecutionPermit permit, Settings settings, Secret executeCredential, Order order) {
        order.requirePermittedBy(permit);
        KeycloakSettings realm = KeycloakSettings.of(settings);
        RealmSession session = session(realm, executeCredential);
        Json.Obj user = session.user(order.account())
                .orElseThrow(
                        () -> ConnectorFailure.misconfigured("the realm has no user with the id " + order.account()));
        boolean changed = switch (order) {
            case Order.Grant(String account, EntitlementRef entitlement) ->
                hold(session, account, entitlement.kind(), target(session, realm, entitlement), true);
            case Order.Revoke(String account, EntitlementRef entitlement) ->
                hold(session, account, entitlement.kind(), target(session, realm, entitlement), false);
            case Order.Disable _ -> disable(session, user);
        };
        return changed ? Outcome.CHANGED : Outcome.UNCHANGED;
    }

    private static boolean hold(RealmSession session, String user, String kind, Json.Obj target, boolean shall) {
        if (isHeld(session, user, kind, target) == shall) {
            return false;
        }
        String id = target.string("id");
        if (kind.equals(GROUP)) {
            if (shall) {
                session.join(user, id);
            } else {
                session.leave(user, id);
            }
        } else if (shall) {
            session.giveRole(user, target);
        } else {
            session.takeRole(user, target);
        }
        return true;
    }

    private static boolean disable(RealmSession session, Json.Obj user) {
        boolean enabled = user.bool("enabled");
        if (enabled) {
            session.disable(user);
        }
        return enabled;
    }

    private static boolean isHeld(RealmSession session, String user, String kind, Json.Obj target) {
        return kind.equals(GROUP)
                ? session.isMember(user, target.string("id"))
                : session.holdsRole(user, target.string("id"));
    }

    private static Json.Obj target(RealmSession session, KeycloakSettings realm, EntitlementRef entitlement) {
        Optional<Json.Obj> found = switch (entitlement.kind()) {
            case REALM_ROLE ->
                session.role(entitlement.nativeId()).filter(role -> realm.isGoverned(role.string("name")));
            case GROUP -> session.group(entitlement.nativeId());
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> ConnectorFailure.misconfigured(
                "the realm has no %s with the id %s".formatted(entitlement.kind(), entitlement.nativeId())));
    }

    private RealmSession session(KeycloakSettings realm, Secret credential) {
        return new RealmSession(
                http, new Client(realm, field(credential, "clientId"), field(credential, "clientSecret")));
    }

    private static Account account(Json.Obj user) {
        String fullName = Stream.of("firstName", "lastName")
                .flatMap(name -> user.optionalString(name).stream())
                .collect(Collectors.joining(" "))
                .strip();
        return new Account(
                user.string("id"),
                fullName.isEmpty() ? user.string("username") : fullName,
                user.optionalString("email").orElse(null),
                user.bool("enabled"));
    }

    private static Entitlement entitlement(String kind, Holding holding) {
        return new Entitlement(
                new EntitlementRef(kind, holding.id()),
                holding.name(),
                holding.description().orElse(null));
    }

    private static Stream<Assignment> held(List<String> holders, Entitlement entitlement, Set<String> known) {
        return holders.stream().filter(known::contains).map(holder -> new Assignment(holder, entitlement.ref()));
    }
}
