package dev.nuxari.server.isolation;

import static java.util.stream.Collectors.joining;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What was tried and what came of it, and where that is not as it must be. */
final class Report {
    private final Map<Attempt, Map<Setting, Trial.Result>> attempts = new LinkedHashMap<>();
    private final Map<TableTrial.Statement, Map<Setting, TableTrial.Result>> statements = new LinkedHashMap<>();
    private final Map<String, String> exempt = new LinkedHashMap<>();
    private final Map<Attempt, String> likewise = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> deaf = new ArrayList<>();

    /** A route that names no organization and takes no id. */
    void exempt(String route, String reason) {
        exempt.put(route, reason);
    }

    void missing(String route, String what) {
        missing.add(route + ": " + what);
    }

    void planned(Attempt attempt) {
        attempts.put(attempt, new LinkedHashMap<>());
    }

    void add(Attempt attempt, Setting setting, Trial.Result result) {
        attempts.getOrDefault(attempt, new LinkedHashMap<>()).put(setting, result);
    }

    void add(TableTrial.Statement statement, Setting setting, TableTrial.Result result) {
        statements.computeIfAbsent(statement, _ -> new LinkedHashMap<>()).put(setting, result);
    }

    /** How the rightful owner was answered. */
    void control(String route, Setting setting, String answer) {
        if (!answer.startsWith("2")) {
            deaf.add("%s, with %s alone, answers its own people %s".formatted(route, setting.name(), answer));
        }
    }

    Map<Attempt, Map<Setting, Trial.Result>> attempts() {
        return attempts;
    }

    Map<TableTrial.Statement, Map<Setting, TableTrial.Result>> statements() {
        return statements;
    }

    Map<String, String> exempt() {
        return exempt;
    }

    /** Routes and ids without a case. */
    List<String> missing() {
        return missing;
    }

    /** Routes that stop everybody. */
    List<String> deaf() {
        return deaf;
    }

    /** What one layer alone lets through. */
    List<String> leaks() {
        return Stream.concat(
                        results(attempts)
                                .filter(one -> one.setting().alone().isPresent()
                                        && !one.result().achieved().isEmpty())
                                .map(one -> "%s: %s alone lets through: %s (%s)"
                                        .formatted(
                                                one.tried(),
                                                one.setting().name(),
                                                words(one.result().achieved()),
                                                one.result().answer())),
                        results(statements)
                                .filter(one -> one.setting().alone().isPresent()
                                        && one.result().succeeded())
                                .map(one -> "%s: %s alone lets it through (%s)"
                                        .formatted(
                                                one.tried(),
                                                one.setting().name(),
                                                one.result().answer())))
                .toList();
    }

    /** What does not succeed even with the four layers off, and so proves nothing. */
    List<String> idle() {
        return Stream.concat(
                        results(attempts)
                                .filter(one -> one.setting().equals(Setting.NONE))
                                .filter(one -> !one.result()
                                        .achieved()
                                        .containsAll(one.tried().expected()))
                                .map(one -> "%s: expected %s, achieved %s (%s)"
                                        .formatted(
                                                one.tried(),
                                                words(one.tried().expected()),
                                                words(one.result().achieved()),
                                                one.result().answer())),
                        results(statements)
                                .filter(one -> one.setting().equals(Setting.NONE)
                                        && !one.result().succeeded())
                                .map(one -> one.tried() + ": " + one.result().answer()))
                .toList();
    }

    /** How the rule that bars an attempt answers when only one organization is there. */
    void likewise(Attempt attempt, String answer) {
        likewise.put(attempt, answer);
    }

    /** What a rule was said to bar, and something else did or nothing. */
    List<String> unbarred() {
        return results(attempts)
                .filter(one -> likewise.containsKey(one.tried()))
                .filter(one -> !one.result().achieved().isEmpty()
                        || !one.result().answer().equals(likewise.get(one.tried())))
                .map(one -> "%s, with %s: %s"
                        .formatted(
                                one.tried(), one.setting().name(), one.result().answer()))
                .toList();
    }

    private record Tried<T, R>(T tried, Setting setting, R result) {}

    private static <T, R> Stream<Tried<T, R>> results(Map<T, Map<Setting, R>> all) {
        return all.entrySet().stream()
                .flatMap(tried -> tried.getValue().entrySet().stream()
                        .map(result -> new Tried<>(tried.getKey(), result.getKey(), result.getValue())));
    }

    static String words(Collection<? extends Enum<?>> constants) {
        return constants.isEmpty()
                ? "nothing"
                : constants.stream().sorted().map(Spelling::of).collect(joining(", "));
    }

    int gaps() {
        return missing.size()
                + deaf.size()
                + leaks().size()
                + idle().size()
                + unbarred().size();
    }

    /** A few lines for the end of the build. */
    List<String> summary() {
        long routes = attempts.keySet().stream().map(Attempt::route).distinct().count();
        long tables = statements.keySet().stream()
                .map(TableTrial.Statement::table)
                .distinct()
                .count();
        long barred = attempts.keySet().stream()
                .filter(attempt -> !attempt.barredBy().isEmpty())
                .count();
        return List.of(
                "%d attempts on %d routes, %d statements on %d tables; %d routes name no organization"
                        .formatted(attempts.size(), routes, statements.size(), tables, exempt.size()),
                perLayer(),
                "with the four layers off %d of them succeed; %d more are barred by a rule even then"
                        .formatted(attempts.size() + statements.size() - barred - idle().size(), barred),
                gaps() == 0 ? "no gap" : gaps() + " GAPS");
    }

    private String perLayer() {
        return Stream.of(Layer.values())
                .map(layer -> "%s alone stops %d of %d".formatted(layer.spelled(), stopped(layer), seen(layer)))
                .collect(joining(", "));
    }

    private long seen(Layer layer) {
        return results(attempts).filter(one -> isAlone(one.setting(), layer)).count()
                + results(statements)
                        .filter(one -> isAlone(one.setting(), layer))
                        .count();
    }

    private long stopped(Layer layer) {
        return results(attempts)
                        .filter(one -> isAlone(one.setting(), layer)
                                && one.result().achieved().isEmpty())
                        .count()
                + results(statements)
                        .filter(one ->
                                isAlone(one.setting(), layer) && !one.result().succeeded())
                        .count();
    }

    private static boolean isAlone(Setting setting, Layer layer) {
        return setting.on().equals(Set.of(layer));
    }

    Json.Obj json() {
        return Json.object(
                "summary",
                summary(),
                "gaps",
                Stream.of(missing, deaf, leaks(), idle(), unbarred())
                        .flatMap(List::stream)
                        .toList(),
                "attempts",
                attempts.entrySet().stream()
                        .map(tried -> json(tried.getKey(), tried.getValue()))
                        .toList(),
                "statements",
                statements.entrySet().stream()
                        .map(tried -> json(tried.getKey(), tried.getValue()))
                        .toList(),
                "withoutOrganization",
                exempt.entrySet().stream()
                        .map(route -> Json.object("route", route.getKey(), "reason", route.getValue()))
                        .toList());
    }

    private static Json.Obj json(Attempt attempt, Map<Setting, Trial.Result> results) {
        Json.Obj cells = Json.object();
        for (Map.Entry<Setting, Trial.Result> one : results.entrySet()) {
            cells = cells.with(
                    one.getKey().name(),
                    Json.object(
                            "achieved",
                            spelled(one.getValue().achieved()),
                            "answer",
                            one.getValue().answer()));
        }
        return Json.object(
                "route",
                attempt.route().toString(),
                "crossing",
                Spelling.of(attempt.crossing()),
                "what",
                attempt.what(),
                "expected",
                spelled(attempt.expected()),
                "barredBy",
                attempt.barredBy(),
                "results",
                cells);
    }

    private static Json.Obj json(TableTrial.Statement statement, Map<Setting, TableTrial.Result> results) {
        Json.Obj cells = Json.object();
        for (Map.Entry<Setting, TableTrial.Result> one : results.entrySet()) {
            cells = cells.with(
                    one.getKey().name(),
                    Json.object(
                            "succeeded",
                            one.getValue().succeeded(),
                            "answer",
                            one.getValue().answer()));
        }
        return Json.object(
                "table",
                statement.table(),
                "verb",
                Spelling.of(statement.verb()),
                "fault",
                statement.fault().words(),
                "results",
                cells);
    }

    private static List<String> spelled(Set<Verb> verbs) {
        return verbs.stream().sorted().map(Spelling::of).toList();
    }
}
