package dev.nuxari.server.isolation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about.
 *
 * @param pathIds for the variables of the route after the organization, in their order
 * @param query with its question mark, or empty
 * @param ids what in path, query and body names an object, and would be another id if nobody had the object
 * @param words what has to be another word each time
 */
record Target(
        List<String> pathIds,
        String query,
        @Nullable String body,
        Map<String, String> headers,
        Set<String> ids,
        Set<String> words) {
    /** An id that no object has, where ids are numbers. */
    private static final String NO_NUMBER = "987654321";

    Target {
        pathIds = List.copyOf(pathIds);
        headers = Map.copyOf(headers);
        ids = Set.copyOf(ids);
        words = Set.copyOf(words);
    }

    static Target path(String... ids) {
        return new Target(List.of(ids), "", null, Map.of(), Set.of(ids), Set.of());
    }

    /** Below an object that stays the same in the twin. */
    Target below(String id) {
        return new Target(List.of(id), query, body, headers, ids, words);
    }

    Target query(String text, String... named) {
        return new Target(pathIds, text, body, headers, and(ids, named), words);
    }

    /** The text of a query with these parameters. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(joining("&", "?", ""));
    }

    /** Apostrophes stand for quotation marks. */
    Target body(String text, String... named) {
        return new Target(pathIds, query, text.formatted((Object[]) named), headers, and(ids, named), words);
    }

    Target header(String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return new Target(pathIds, query, body, all, ids, words);
    }

    Target word(String word) {
        return new Target(pathIds, query, body, headers, ids, and(words, word));
    }

    private static Set<String> and(Set<String> some, String... others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(others));
        return all;
    }

    /** The same about what nobody has. */
    Target unknown() {
        Target twin = this;
        for (String id : and(ids, words.toArray(String[]::new))) {
            twin = twin.replaced(
                    id, id.matches("\\d+") ? NO_NUMBER : UUID.randomUUID().toString());
        }
        return twin;
    }

    private Target replaced(String id, String other) {
        return new Target(
                pathIds.stream().map(part -> part.equals(id) ? other : part).toList(),
                query.replace(id, other),
                body == null ? null : body.replace(id, other),
                headers,
                ids.stream().map(known -> known.equals(id) ? other : known).collect(toSet()),
                words);
    }

    /** Everything of it that an answer may echo. */
    boolean says(String value) {
        return pathIds.contains(value) || query.contains(value) || (body != null && body.contains(value));
    }
}
