package dev.nuxari.platform.demonstration;

import dev.nuxari.platform.demonstration.Entitlement.Kind;
import dev.nuxari.platform.demonstration.Entitlement.Risk;
import java.util.ArrayList;
import java.util.List;

/** What can be held in the three governed systems: areas, with four levels of growing risk in each. */
record Catalogue(String name, List<Entitlement> entitlements) {
    /** Roles and groups of a realm, by which applications decide. */
    static final Catalogue REALM = of(
            "realm",
            List.of(
                    new Level("viewer", "Sees everything in ", Risk.LOW),
                    new Level("editor", "Changes records in ", Risk.MEDIUM),
                    new Level("approver", "Approves what others entered in ", Risk.HIGH),
                    new Level("admin", "Administers ", Risk.CRITICAL)),
            "-",
            List.of(
                    new Area("intranet", "the intranet", Entitlement.EVERYBODY),
                    new Area("expenses", "travel and expenses", Entitlement.EVERYBODY),
                    new Area("crm", "customer relations", "sales"),
                    new Area("quotes", "quotes and contracts of sale", "sales"),
                    new Area("invoicing", "invoicing", "finance"),
                    new Area("treasury", "treasury and bank transfers", "finance"),
                    new Area("hr-portal", "the personnel portal", "people"),
                    new Area("ticketing", "the service desk", "support"),
                    new Area("source-code", "the source repositories", "engineering"),
                    new Area("contracts", "the contract archive", "legal"),
                    new Area("incident-response", "incident response", "security")));

    /** Roles of a database cluster. */
    static final Catalogue DATABASE = of(
            "database",
            List.of(
                    new Level("read", "Reads ", Risk.LOW),
                    new Level("write", "Writes ", Risk.MEDIUM),
                    new Level("export", "Exports all of ", Risk.HIGH),
                    new Level("admin", "Owns the tables of ", Risk.CRITICAL)),
            "_",
            List.of(
                    new Area("reference_data", "currencies, countries and calendars", Entitlement.EVERYBODY),
                    new Area("staff_directory", "the staff directory", Entitlement.EVERYBODY),
                    new Area("finance_ledger", "the general ledger", "finance"),
                    new Area("finance_payments", "outgoing payments", "finance"),
                    new Area("hr_records", "personnel records", "people"),
                    new Area("hr_payroll", "payroll", "people"),
                    new Area("sales_orders", "orders", "sales"),
                    new Area("support_cases", "support cases", "support"),
                    new Area("telemetry", "product telemetry", "engineering"),
                    new Area("legal_holds", "legal holds", "legal"),
                    new Area("warehouse_stock", "stock and shipments", "operations")));

    /** Groups of a directory, by which hosts and networks decide. */
    static final Catalogue DIRECTORY = of(
            "directory",
            List.of(
                    new Level("users", "Uses ", Risk.LOW),
                    new Level("operators", "Operates ", Risk.MEDIUM),
                    new Level("deployers", "Changes what runs in ", Risk.HIGH),
                    new Level("root", "Is root in ", Risk.CRITICAL)),
            "-",
            List.of(
                    new Area("wifi", "the office network", Entitlement.EVERYBODY),
                    new Area("vpn", "the remote access network", Entitlement.EVERYBODY),
                    new Area("prod-web", "the production web servers", "engineering"),
                    new Area("prod-data", "the production databases", "engineering"),
                    new Area("staging", "the staging environment", "engineering"),
                    new Area("build-farm", "the build farm", "engineering"),
                    new Area("backup", "backups", "operations"),
                    new Area("monitoring", "monitoring and alerting", "operations"),
                    new Area("finance-files", "the finance file share", "finance"),
                    new Area("call-center", "the telephone system", "support"),
                    new Area("vault-hosts", "the key management hosts", "security")));

    Catalogue {
        entitlements = List.copyOf(entitlements);
    }

    private static Catalogue of(String name, List<Level> levels, String separator, List<Area> areas) {
        List<Entitlement> all = new ArrayList<>();
        for (Area area : areas) {
            for (Level level : levels) {
                // In a realm, seeing is a matter of the group one is in.
                Kind kind = level.risk() == Risk.LOW ? Kind.GROUP : Kind.ROLE;
                all.add(new Entitlement(
                        area.name() + separator + level.name(),
                        kind,
                        level.risk(),
                        area.department(),
                        level.what() + area.what()));
            }
        }
        return new Catalogue(name, all);
    }

    private record Level(String name, String what, Risk risk) {}

    private record Area(String name, String what, String department) {}
}
