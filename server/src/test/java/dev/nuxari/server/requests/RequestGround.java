package dev.nuxari.server.requests;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.AccountFilter;
import dev.nuxari.server.access.Catalogue;
import dev.nuxari.server.access.CatalogueEntry;
import dev.nuxari.server.access.Entitlement;
import dev.nuxari.server.access.EntitlementFilter;
import dev.nuxari.server.access.ObservedSystem;
import dev.nuxari.server.access.OwnedAccount;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * An organization with two observed systems: a directory, where the requester, the approver and a stranger have accounts and
 * the requester holds the payroll, and a database with an account of nobody.
 */
@Component
class RequestGround {
    private final ObservedSystem system;
    private final Catalogue catalogue;
    private final Doorkeeper doorkeeper;

    RequestGround(ObservedSystem system, Catalogue catalogue, Doorkeeper doorkeeper) {
        this.system = system;
        this.catalogue = catalogue;
        this.doorkeeper = doorkeeper;
    }

    Ground fresh() {
        TestOrganization organization = TestOrganization.fresh();
        Caller admin = organization.caller(doorkeeper, Role.ADMIN);
        ConnectorId directory = system.connect(organization.id(), "Directory");
        ConnectorId database = system.connect(organization.id(), "Database");
        Observed inDirectory = directory(organization);
        system.baseline(admin, directory, inDirectory);
        system.baseline(
                admin,
                database,
                new Observed(
                        List.of(account("service", "service@example.org", true)),
                        List.of(entitlement("reports")),
                        List.of()));
        return new Ground(organization, directory, inDirectory, this);
    }

    /** The organization, with names for what is in it. */
    record Ground(TestOrganization organization, ConnectorId directoryId, Observed directory, RequestGround behind) {
        Caller caller(Role role) {
            return organization.caller(behind.doorkeeper, role);
        }

        /** The first whose native id begins like this. */
        Entitlement entitlement(String beginning) {
            Caller admin = caller(Role.ADMIN);
            return behind
                    .catalogue
                    .entitlements(
                            organization.id(), admin, new EntitlementFilter(null, null, null), PageRequest.first())
                    .items()
                    .stream()
                    .map(CatalogueEntry::entitlement)
                    .filter(entitlement -> entitlement.nativeId().startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }

        Account account(String nativeId) {
            Caller admin = caller(Role.ADMIN);
            return behind
                    .catalogue
                    .accounts(organization.id(), admin, new AccountFilter(null, null, false), PageRequest.first())
                    .items()
                    .stream()
                    .map(OwnedAccount::account)
                    .filter(account -> account.nativeId().equals(nativeId))
                    .findFirst()
                    .orElseThrow();
        }

        /** How many rows there are of everything a request consists of. */
        List<Integer> rows() {
            return Stream.of("request", "approval", "workflow", "workflow_entry", "scheduled_tasks")
                    .map(table -> table.equals("scheduled_tasks") ? timers() : count(table))
                    .toList();
        }

        /** The outcomes of an action, in the order of the log. */
        List<String> outcomes(String action) {
            return TestDatabase.beyondTheWalls()
                    .sql("SELECT outcome FROM audit_event WHERE organization_id = ? AND action = ? ORDER BY sequence")
                    .params(organization.id().value(), action)
                    .query((row, _) -> row.getString(1))
                    .list();
        }

        String lastEvent() {
            return TestDatabase.beyondTheWalls()
                    .sql("""
                            SELECT convert_from(leaf, 'UTF8')
                            FROM audit_event
                            WHERE organization_id = ?
                            ORDER BY sequence DESC
                            LIMIT 1
                            """)
                    .param(organization.id().value())
                    .query((row, _) -> row.getString(1))
                    .single();
        }

        private int count(String table) {
            return TestDatabase.beyondTheWalls()
                    .sql("SELECT count(*) FROM " + table + " WHERE organization_id = ?")
                    .param(organization.id().value())
                    .query((row, _) -> row.getInt(1))
                    .single();
        }

        private int timers() {
            return TestDatabase.beyondTheWalls()
                    .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance LIKE ?")
                    .param(organization.id() + "/%")
                    .query((row, _) -> row.getInt(1))
                    .single();
        }
    }

    private static Observed directory(TestOrganization organization) {
        return new Observed(
                List.of(
                        account("requester", organization.member(Role.REQUESTER).email(), true),
                        account("approver", organization.member(Role.APPROVER).email(), true),
                        account("stranger", "stranger@example.org", true),
                        account("retired", "retired@example.org", false)),
                List.of(
                        entitlement("wiki"),
                        entitlement("payroll"),
                        entitlement("domain admins"),
                        entitlement("secret=Tr0ub4dor-and-3")),
                List.of(new Observed.Assignment("requester", new EntitlementRef("group", "payroll"))));
    }

    private static Observed.Account account(String name, String email, boolean enabled) {
        return new Observed.Account(name, "Name of " + name, email, enabled);
    }

    private static Observed.Entitlement entitlement(String name) {
        return new Observed.Entitlement(new EntitlementRef("group", name), name, "");
    }
}
