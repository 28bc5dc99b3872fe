package dev.nuxari.server.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * People are {@code inetOrgPerson}, entitlements the membership in a {@code groupOfNames} (RFC 4519). Native ids are
 * normalized distinguished names, and only names below the governed bases are accepted.
 */
@Component
class LdapConnector implements Connector {
    static final String GROUP = "group";

    private static final Filter IS_PERSON = Filter.createEqualityFilter("objectClass", "inetOrgPerson");
    private static final Filter IS_GROUP = Filter.createEqualityFilter("objectClass", "groupOfNames");
    private static final String MEMBER = "member";
    private static final String NAME = "cn";

    @Override
    public ConnectorKind kind() {
        return ConnectorKind.LDAP;
    }

    @Override
    public void check(Settings settings) {
        LdapSettings.of(settings);
    }

    @Override
    public Set<String> credentialFields() {
        return Set.of("bindDn", "password");
    }

    @Override
    public void probe(Settings settings, Secret observeCredential) {
        LdapSettings directory = LdapSettings.of(settings);
        try (LdapSession session = open(directory, observeCredential)) {
            require(session.entry(directory.people(), "1.1"), "peopleBase");
            require(session.entry(directory.groups(), "1.1"), "groupsBase");
        }
    }

    @Override
    public Observed observe(Settings settings, Secret observeCredential) {
        LdapSettings directory = LdapSettings.of(settings);
        try (LdapSession session = open(directory, observeCredential)) {
            List<Account> accounts = session
                    .below(directory.people(), IS_PERSON, NAME, "displayName", "mail", directory.disabledAttribute())
                    .stream()
                    .map(person -> account(directory, person))
                    .toList();
            Set<String> known = accounts.stream().map(Account::nativeId).collect(Collectors.toSet());
            List<Entitlement> entitlements = new ArrayList<>();
            List<Assignment> assignments = new ArrayList<>();
            for (SearchResultEntry group : session.below(directory.groups(), IS_GROUP, NAME, "description", MEMBER)) {
                Entitlement entitlement = entitlement(group);
                entitlements.add(entitlement);
                members(group).stream()
                        .filter(known::contains)
                        .map(member -> new Assignment(member, entitlement.ref()))
                        .forEach(assignments::add);
            }
            return new Observed(accounts, entitlements, assignments);
        }
    }

    @Override
    public Sight look(
            Settings settings, Secret observeCredential, String account, @Nullable EntitlementRef entitlement) {
        LdapSettings directory = LdapSettings.of(settings);
        Optional<DN> person = name(account).filter(name -> isBelow(name, directory.people()));
        try (LdapSession session = open(directory, observeCredential)) {
            Optional<SearchResultEntry> entry =
                    person.flatMap(name -> session.entry(name, directory.disabledAttribute()));
            Optional<DN> group = Optional.ofNullable(entitlement).map(ref -> group(session, directory, ref));
            return entry.map(found -> new Sight(
                            true,
                            isEnabled(directory, found),
                            group.filter(name -> session.compares(name, MEMBER, found.getDN()))
                                    .isPresent()))
                    .orElse(Sight.NOTHING);
        }
    }

    @Override
    public Outcome execute(ExecutionPermit permit, Settings settings, Secret executeCredential, Order order) {
        order.requirePermittedBy(permit);
        LdapSettings directory = LdapSettings.of(settings);
        try (LdapSession session = open(directory, executeCredential)) {
            boolean changed = switch (order) {
                case Order.Grant(String account, EntitlementRef entitlement) ->
                    session.modify(
                            group(session, directory, entitlement),
                            new Modification(
                                    ModificationType.ADD,
                                    MEMBER,
                                    person(session, directory, account).getDN()));
                case Order.Revoke(String account, EntitlementRef entitlement) ->
                    revoke(session, directory, account, entitlement);
                case Order.Disable(String account) -> disable(session, directory, account);
            };
            return changed ? Outcome.CHANGED : Outcome.UNCHANGED;
        }
    }

    private static boolean revoke(
            LdapSession session, LdapSettings directory, String account, EntitlementRef entitlement) {
        DN group = group(session, directory, entitlement);
        String member = name(account)
                .filter(name -> isBelow(name, directory.people()))
                .orElseThrow(() -> noSuchAccount(account))
                .toNormalizedString();
        Set<String> members =
                session.entry(group, MEMBER).map(LdapConnector::members).orElseGet(Set::of);
        if (!members.contains(member)) {
            return false;
        }
        var removal = new Modification(ModificationType.DELETE, MEMBER, member);
        return members.size() > 1
                ? session.modify(group, removal)
                : session.modify(
                        group,
                        new Modification(
                                ModificationType.ADD,
                                MEMBER,
                                directory.placeholder().toString()),
                        removal);
    }

    private static boolean disable(LdapSession session, LdapSettings directory, String account) {
        SearchResultEntry person = person(session, directory, account);
        return isEnabled(directory, person)
                && session.modify(
                        parsed(person),
                        new Modification(
                                ModificationType.REPLACE, directory.disabledAttribute(), directory.disabledValue()));
    }

    private LdapSession open(LdapSettings directory, Secret credential) {
        return LdapSession.open(directory, field(credential, "bindDn"), field(credential, "password"));
    }

    private static SearchResultEntry person(LdapSession session, LdapSettings directory, String account) {
        return name(account)
                .filter(name -> isBelow(name, directory.people()))
                .flatMap(name -> session.entry(name, directory.disabledAttribute()))
                .orElseThrow(() -> noSuchAccount(account));
    }

    private static DN group(LdapSession session, LdapSettings directory, EntitlementRef entitlement) {
        return Optional.of(entitlement)
                .filter(ref -> ref.kind().equals(GROUP))
                .flatMap(ref -> name(ref.nativeId()))
                .filter(name -> isBelow(name, directory.groups()))
                .filter(name -> session.entry(name, "1.1").isPresent())
                .orElseThrow(() -> ConnectorFailure.misconfigured(
                        "the directory has no group " + entitlement.nativeId() + " any more"));
    }

    private static ConnectorFailure noSuchAccount(String account) {
        return ConnectorFailure.misconfigured("the directory has no account " + account);
    }

    private static Account account(LdapSettings directory, SearchResultEntry person) {
        String name = Optional.ofNullable(person.getAttributeValue("displayName"))
                .or(() -> Optional.ofNullable(person.getAttributeValue(NAME)))
                .orElseGet(person::getDN);
        return new Account(
                parsed(person).toNormalizedString(),
                name,
                person.getAttributeValue("mail"),
                isEnabled(directory, person));
    }

    private static Entitlement entitlement(SearchResultEntry group) {
        DN name = parsed(group);
        return new Entitlement(
                new EntitlementRef(GROUP, name.toNormalizedString()),
                Optional.ofNullable(group.getAttributeValue(NAME)).orElseGet(group::getDN),
                group.getAttributeValue("description"));
    }

    /** Normalized, so that one person is one name however it is written. */
    private static Set<String> members(SearchResultEntry group) {
        Set<String> members = new TreeSet<>();
        String[] values = group.getAttributeValues(MEMBER);
        for (String value : values == null ? new String[0] : values) {
            name(value).map(DN::toNormalizedString).ifPresent(members::add);
        }
        return members;
    }

    private static boolean isEnabled(LdapSettings directory, SearchResultEntry person) {
        return !person.hasAttributeValue(directory.disabledAttribute(), directory.disabledValue());
    }

    private static boolean isBelow(DN name, DN base) {
        return name.isDescendantOf(base, false);
    }

    /** Empty if the text is no distinguished name: nothing in the directory has it then. */
    private static Optional<DN> name(String text) {
        try {
            return Optional.of(new DN(text));
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }

    private static DN parsed(SearchResultEntry entry) {
        return name(entry.getDN())
                .orElseThrow(() -> ConnectorFailure.unavailable("the directory sent a malformed name", null));
    }

    private static void require(Optional<SearchResultEntry> base, String setting) {
        if (base.isEmpty()) {
            throw ConnectorFailure.misconfigured("the directory has no entry at the setting " + setting);
        }
    }
}
