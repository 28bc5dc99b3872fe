package dev.nuxari.server.connectors.postgresql;

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
import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.ExecutionPermit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accounts are roles that may log in, entitlements the membership in roles that may not. Native ids are role names. */
@Component
class PostgresqlConnector implements Connector {
    static final String ROLE = "role";

    @Override
    public ConnectorKind kind() {
        return ConnectorKind.POSTGRESQL;
    }

    @Override
    public void check(Settings settings) {
        PostgresqlSettings.of(settings);
    }

    @Override
    public Set<String> credentialFields() {
        return Set.of("username", "password");
    }

    @Override
    public void probe(Settings settings, Secret observeCredential) {
        PostgresqlSettings cluster = PostgresqlSettings.of(settings);
        try (ClusterSession session = open(cluster, observeCredential)) {
            session.role("postgres");
        }
    }

    @Override
    public Observed observe(Settings settings, Secret observeCredential) {
        PostgresqlSettings cluster = PostgresqlSettings.of(settings);
        try (ClusterSession session = open(cluster, observeCredential)) {
            List<Role> roles = session.roles().stream()
                    .filter(role -> cluster.isGoverned(role.name()))
                    .toList();
            Set<String> accounts = names(roles, Role::isAccount);
            Set<String> entitlements = names(roles, role -> !role.isAccount());
            return new Observed(
                    roles.stream()
                            .filter(Role::isAccount)
                            .map(role -> new Account(role.name(), role.displayName(), role.email(), role.mayLogIn()))
                            .toList(),
                    roles.stream()
                            .filter(role -> !role.isAccount())
                            .map(role -> new Entitlement(ref(role.name()), role.name(), role.comment()))
                            .toList(),
                    session.memberships().stream()
                            .filter(held -> accounts.contains(held.member()) && entitlements.contains(held.role()))
                            .map(held -> new Assignment(held.member(), ref(held.role())))
                            .toList());
        }
    }

    @Override
    public Sight look(
            Settings settings, Secret observeCredential, String account, @Nullable EntitlementRef entitlement) {
        PostgresqlSettings cluster = PostgresqlSettings.of(settings);
        try (ClusterSession session = open(cluster, observeCredential)) {
            Optional<String> held = Optional.ofNullable(entitlement).map(ref -> entitlement(session, cluster, ref));
            return account(session, cluster, account)
                    .map(found -> new Sight(
                            true,
                            found.mayLogIn(),
                            held.filter(role -> !session.grantors(account, role).isEmpty())
                                    .isPresent()))
                    .orElse(Sight.NOTHING);
        }
    }

    @Override
    public Outcome execute(ExecutionPermit permit, Settings settings, Secret executeCredential, Order order) {
        order.requirePermittedBy(permit);
        PostgresqlSettings cluster = PostgresqlSettings.of(settings);
        try (ClusterSession session = open(cluster, executeCredential)) {
            Role account = account(session, cluster, order.account())
                    .orElseThrow(
                            () -> ConnectorFailure.misconfigured("the database has no account " + order.account()));
            boolean changed = switch (order) {
                case Order.Grant(String _, EntitlementRef entitlement) ->
                    grant(session, account.name(), entitlement(session, cluster, entitlement));
                case Order.Revoke(String _, EntitlementRef entitlement) ->
                    revoke(session, account.name(), entitlement(session, cluster, entitlement));
                case Order.Disable _ -> disable(session, account);
            };
            session.commit();
            return changed ? Outcome.CHANGED : Outcome.UNCHANGED;
        }
    }

    private static boolean grant(ClusterSession session, String account, String role) {
        boolean held = !session.grantors(account, role).isEmpty();
        if (!held) {
            session.grant(role, account);
        }
        return !held;
    }

    /** A membership ends only when each grant of it has: PostgreSQL keeps one per grantor. */
    private static boolean revoke(ClusterSession session, String account, String role) {
        List<String> grantors = session.grantors(account, role);
        grantors.forEach(grantor -> session.revoke(role, account, grantor));
        return !grantors.isEmpty();
    }

    private static boolean disable(ClusterSession session, Role account) {
        if (account.mayLogIn()) {
            session.disable(account);
        }
        return account.mayLogIn();
    }

    private ClusterSession open(PostgresqlSettings cluster, Secret credential) {
        return ClusterSession.open(cluster, field(credential, "username"), field(credential, "password"));
    }

    private static Optional<Role> account(ClusterSession session, PostgresqlSettings cluster, String name) {
        return Optional.of(name)
                .filter(cluster::isGoverned)
                .flatMap(session::role)
                .filter(Role::isAccount);
    }

    private static String entitlement(ClusterSession session, PostgresqlSettings cluster, EntitlementRef entitlement) {
        return Optional.of(entitlement)
                .filter(ref -> ref.kind().equals(ROLE) && cluster.isGoverned(ref.nativeId()))
                .flatMap(ref -> session.role(ref.nativeId()))
                .filter(role -> !role.isAccount())
                .map(Role::name)
                .orElseThrow(() -> ConnectorFailure.misconfigured(
                        "the database has no role " + entitlement.nativeId() + " that can be held"));
    }

    private static EntitlementRef ref(String role) {
        return new EntitlementRef(ROLE, role);
    }

    private static Set<String> names(List<Role> roles, Predicate<Role> which) {
        return roles.stream().filter(which).map(Role::name).collect(Collectors.toSet());
    }
}
