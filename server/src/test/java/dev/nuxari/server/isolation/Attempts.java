package dev.nuxari.server.isolation;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.ServedRoutes.Served;
import dev.nuxari.server.isolation.Case.Variant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every attempt on one route, made from the route's shape and its case. */
final class Attempts {
    private final Population own;
    private final Population other;
    private final Set<String> tablesWithUniqueIds;

    Attempts(Population own, Population other, List<String> tablesWithUniqueIds) {
        this.own = own;
        this.other = other;
        this.tablesWithUniqueIds = Set.copyOf(tablesWithUniqueIds);
    }

    List<Attempt> on(Served route, RouteShape shape, Case known) {
        Stream<Attempt> always = Stream.of(foreignPath(route, shape, known));
        Stream<Attempt> byId = shape.pathTypes().isEmpty()
                ? Stream.empty()
                : Stream.of(attempt(route, Crossing.FOREIGN_ID, known, known.foreignId(), () -> aim(known)));
        return Stream.of(
                        always,
                        byId,
                        filters(route, shape, known),
                        lists(route, shape, known),
                        known.variants().stream().map(variant -> variant(route, known, variant)))
                .flatMap(attempts -> attempts)
                .toList();
    }

    private Attempt foreignPath(Served route, RouteShape shape, Case known) {
        String words = Crossing.FOREIGN_PATH.words();
        return new Attempt(
                route,
                Crossing.FOREIGN_PATH,
                known.foreignPath().map(less -> words + "; " + less.reason()).orElse(words),
                known.foreignPath().map(Case.Shortfall::expected).orElseGet(() -> usual(route, shape)),
                new Lapse.AskedIsBound(),
                () -> aim(known),
                Optional.empty());
    }

    private static Set<Verb> usual(Served route, RouteShape shape) {
        Set<Verb> expected = EnumSet.of(route.method().equals("GET") ? Verb.READ : Verb.WRITE);
        if (!shape.pathTypes().isEmpty() || !shape.bodyIds().isEmpty()) {
            expected.add(Verb.GUESS);
        }
        return expected;
    }

    private Target aim(Case known) {
        return known.aim().at(other, own.owner());
    }

    private Stream<Attempt> filters(Served route, RouteShape shape, Case known) {
        return shape.filterTypes().entrySet().stream()
                .filter(filter -> other.idOf(filter.getValue()).isPresent())
                .map(filter -> {
                    String id = other.known(filter.getValue());
                    Map<String, String> beside =
                            new TreeMap<>(known.filters().beside().apply(other));
                    beside.put(filter.getKey(), id);
                    String query = Target.query(beside);
                    return attempt(
                            route,
                            Crossing.FOREIGN_FILTER,
                            known,
                            known.filters().expected(),
                            () -> Target.path().query(query, id));
                });
    }

    /** A list below an object is attempted by the object's id. */
    private Stream<Attempt> lists(Served route, RouteShape shape, Case known) {
        if (!shape.list() || !shape.pathTypes().isEmpty()) {
            return Stream.empty();
        }
        // The log is longer than a page, so that nothing can be counted in it.
        Set<Verb> expected = known.alsoForgotten().contains("audit_event")
                ? EnumSet.of(Verb.READ)
                : EnumSet.of(Verb.READ, Verb.COUNT);
        Attempt all = attempt(route, Crossing.NO_ID, known, expected, () -> aim(known));
        if (!shape.paged()) {
            return Stream.of(all);
        }
        return Stream.of(
                all,
                attempt(
                        route,
                        Crossing.FOREIGN_CURSOR,
                        known,
                        EnumSet.of(Verb.READ),
                        () -> aim(known).query("?cursor=" + cursor(route))));
    }

    private String cursor(Served route) {
        String path = route.pattern().replace("{organizationId}", other.id().toString());
        return other.as(Role.OWNER).get(path + "?limit=1").json().string("nextCursor");
    }

    private Attempt variant(Served route, Case known, Variant variant) {
        return new Attempt(
                route,
                Crossing.FOREIGN_BODY,
                variant.what(),
                variant.expected(),
                forgetting(known),
                () -> variant.mixture().of(own, other),
                variant.bar()
                        .map(bar ->
                                new Attempt.Bar(bar.rule(), () -> bar.likewise().of(own, other))));
    }

    private Attempt attempt(Served route, Crossing crossing, Case known, Set<Verb> expected, Supplier<Target> target) {
        return new Attempt(route, crossing, crossing.words(), expected, forgetting(known), target, Optional.empty());
    }

    /**
     * A condition is forgotten where the key is unique without it. Where it is not, a statement that finds one row of each
     * organization fails of itself; there it is forgotten in the attempts that are about that table.
     */
    private Lapse forgetting(Case known) {
        Set<String> tables = new HashSet<>(tablesWithUniqueIds);
        tables.addAll(known.alsoForgotten());
        return new Lapse.ConditionForgotten(tables);
    }
}
