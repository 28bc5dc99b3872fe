package dev.nuxari.server.isolation;

import dev.nuxari.server.api.ServedRoutes;
import dev.nuxari.server.api.ServedRoutes.Served;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.TestHttp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** Makes two organizations, and then every attempt of one to reach the other, setting by setting. */
final class Ablation {
    private final ServedRoutes routes;
    private final Layers layers;
    private final OrganizationScope scope;
    private final OrganizationJdbc jdbc;
    private final Doorkeeper doorkeeper;
    private final TestHttp http;

    Ablation(
            ServedRoutes routes,
            Layers layers,
            OrganizationScope scope,
            OrganizationJdbc jdbc,
            Doorkeeper doorkeeper,
            TestHttp http) {
        this.routes = routes;
        this.layers = layers;
        this.scope = scope;
        this.jdbc = jdbc;
        this.doorkeeper = doorkeeper;
        this.http = http;
    }

    /** Everything that is tried on one route. */
    private record Plan(Case known, List<Attempt> attempts) {
        List<String> idsLeftOut(RouteShape shape) {
            List<String> bodies = shape.bodyIds().isEmpty()
                    ? List.of()
                    : attempts.stream()
                            .map(attempt ->
                                    String.valueOf(attempt.target().get().body()))
                            .toList();
            return shape.bodyIds().stream()
                    .filter(id -> bodies.stream().noneMatch(body -> body.contains("'" + id + "'")))
                    .toList();
        }
    }

    Report of(PrivateDatabase database, SmartLifecycle timers) {
        Report report = new Report();
        database.remember();
        try (Population own = Population.settle(database, http);
                Population other = Population.settle(database, http)) {
            // Nothing is to change by itself while it is compared.
            timers.stop();
            Map<Served, Plan> plans = plans(new Attempts(own, other, database.tablesWithUniqueIds()), own, report);
            Trial trial = new Trial(layers, database, own, other);
            for (Setting setting : Setting.all()) {
                trial.set(setting);
                plans.forEach((route, plan) -> run(trial, setting, route, plan, report));
                statements(database, own, other, setting, report);
            }
        }
        return report;
    }

    private Map<Served, Plan> plans(Attempts attempts, Population own, Report report) {
        Map<Served, Plan> plans = new LinkedHashMap<>();
        for (Served route : routes.all()) {
            RouteShape shape = RouteShape.of(route);
            if (!route.ofAnOrganization()) {
                withoutOrganization(route, shape, report);
                continue;
            }
            shape.filterTypes().values().stream()
                    .filter(type -> own.idOf(type).isEmpty())
                    .forEach(type -> report.missing(route.toString(), "let Population know a " + type));
            Optional<Case> known = Cases.of(route, shape, own);
            if (known.isEmpty()) {
                report.missing(route.toString(), "write a case for it in Cases");
                continue;
            }
            Plan plan = new Plan(known.get(), attempts.on(route, shape, known.get()));
            plan.idsLeftOut(shape).forEach(id -> report.missing(route.toString(), "no attempt has a body with " + id));
            plan.attempts().forEach(report::planned);
            plans.put(route, plan);
        }
        return plans;
    }

    private static void withoutOrganization(Served route, RouteShape shape, Report report) {
        if (route.ofALink()) {
            report.exempt(route.toString(), "of a link, whose organization is the token's: ShareWallsTest");
        } else if (route.ofADirectory()) {
            report.exempt(route.toString(), "of a directory, whose organization is the token's: DirectoriesHttpTest");
        } else if (route.ofAnAgent()) {
            report.exempt(route.toString(), "of an agent, whose organization is the token's: PackagesHttpTest");
        } else if (shape.takesIds()) {
            report.missing(route.toString(), "takes an id, and names no organization");
        } else {
            report.exempt(route.toString(), "names no organization and takes no id");
        }
    }

    private static void run(Trial trial, Setting setting, Served route, Plan plan, Report report) {
        report.control(route.toString(), setting, trial.control(route, plan.known(), setting));
        for (Attempt attempt : plan.attempts()) {
            if (setting.concerns(attempt)) {
                report.add(attempt, setting, trial.run(attempt, setting));
            }
            if (setting.equals(Setting.NONE)) {
                attempt.bar().ifPresent(bar -> report.likewise(attempt, trial.likewise(bar, attempt, setting)));
            }
        }
    }

    private void statements(
            PrivateDatabase database, Population own, Population other, Setting setting, Report report) {
        boolean concerned = setting.alone().map(TableTrial.SEEN_BY::contains).orElse(true);
        if (!concerned || setting.keysAndTriggers()) {
            return;
        }
        Caller caller = doorkeeper
                .admitMember(own.id(), own.owner().subject(), Origin.SERVER, 0)
                .orElseThrow()
                .caller();
        TableTrial trial = new TableTrial(layers, scope, jdbc, caller, other.id());
        Rows rows = new Rows(database);
        for (String table : database.ownedTables()) {
            String row = rows.one(table, other.id());
            for (TableTrial.Statement statement : statementsOn(table, database.columns(table))) {
                report.add(statement, setting, trial.run(statement, row, setting));
            }
        }
    }

    private static List<TableTrial.Statement> statementsOn(String table, String columns) {
        List<TableTrial.Statement> statements = new ArrayList<>();
        for (TableTrial.Verb verb : TableTrial.Verb.values()) {
            for (TableTrial.Fault fault : TableTrial.Fault.values()) {
                statements.add(new TableTrial.Statement(table, columns, verb, fault));
            }
        }
        return statements;
    }
}
