package dev.nuxari.server.isolation;

import dev.nuxari.server.testing.TestMember;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What has to be known about a route to attempt it.
 *
 * @param aim makes a target that the route acts on when a member of its organization asks
 * @param foreignPath what comes of the other organization in the path, where that is not what the method says
 * @param foreignId what comes of an id of the other organization in one's own path, when nothing stops it
 * @param alsoForgotten tables whose condition is forgotten too, although their keys are not unique
 * @param variants what else may cross in a body
 * @param filters what comes of an id of the other organization in a filter
 */
record Case(
        Aim aim,
        Optional<Shortfall> foreignPath,
        Set<Verb> foreignId,
        Set<String> alsoForgotten,
        List<Variant> variants,
        Filters filters) {
    Case {
        foreignId = Set.copyOf(foreignId);
        alsoForgotten = Set.copyOf(alsoForgotten);
        variants = List.copyOf(variants);
    }

    /** Makes a target in an organization, fit for what this member is going to ask. */
    @FunctionalInterface
    interface Aim {
        Target at(Population side, TestMember by);
    }

    /** A target in one's own path that names objects of the other organization. */
    @FunctionalInterface
    interface Mixture {
        Target of(Population own, Population other);
    }

    /**
     * One more attempt.
     *
     * @param bar the rule that makes it fail whatever the layers do
     */
    record Variant(String what, Mixture mixture, Set<Verb> expected, Optional<Bar> bar) {
        Variant {
            expected = Set.copyOf(expected);
        }
    }

    /** Less than the method says, and why. */
    record Shortfall(Set<Verb> expected, String reason) {
        Shortfall {
            expected = Set.copyOf(expected);
        }
    }

    /**
     * A rule of the domain that has nothing to do with organizations.
     *
     * @param likewise breaks the same rule with objects of one organization, and is answered the same: so it is the rule
     */
    record Bar(String rule, Mixture likewise) {}

    /**
     * What is known about a route's filters.
     *
     * @param beside what has to be asked for besides
     */
    record Filters(Function<Population, Map<String, String>> beside, Set<Verb> expected) {
        static final Filters USUAL = new Filters(_ -> Map.of(), EnumSet.of(Verb.READ, Verb.GUESS));

        Filters {
            expected = Set.copyOf(expected);
        }
    }

    static Case reading(Aim aim) {
        return new Case(aim, Optional.empty(), EnumSet.of(Verb.READ, Verb.GUESS), Set.of(), List.of(), Filters.USUAL);
    }

    static Case writing(Aim aim) {
        return new Case(aim, Optional.empty(), EnumSet.of(Verb.WRITE, Verb.GUESS), Set.of(), List.of(), Filters.USUAL);
    }

    static Case linking(Aim aim) {
        return new Case(aim, Optional.empty(), EnumSet.of(Verb.LINK, Verb.GUESS), Set.of(), List.of(), Filters.USUAL);
    }

    Case onlyGuessing() {
        return new Case(aim, foreignPath, EnumSet.of(Verb.GUESS), alsoForgotten, variants, filters);
    }

    /** For what is found by a place that every organization has, and so is no id: there is nothing to guess. */
    Case onlyReading() {
        return new Case(aim, foreignPath, EnumSet.of(Verb.READ), alsoForgotten, variants, filters);
    }

    Case butInForeignPath(String reason, Verb... expected) {
        return new Case(
                aim, Optional.of(new Shortfall(Set.of(expected), reason)), foreignId, alsoForgotten, variants, filters);
    }

    /** For filters that are compared with what was read, and never looked up: there is nothing to guess. */
    Case comparing(Function<Population, Map<String, String>> beside) {
        return new Case(
                aim, foreignPath, foreignId, alsoForgotten, variants, new Filters(beside, EnumSet.of(Verb.READ)));
    }

    Case alsoForgetting(String... tables) {
        Set<String> all = new HashSet<>(alsoForgotten);
        all.addAll(List.of(tables));
        return new Case(aim, foreignPath, foreignId, all, variants, filters);
    }

    Case with(String what, Mixture mixture, Verb... expected) {
        return with(new Variant(what, mixture, Set.of(expected), Optional.empty()));
    }

    Case barred(String what, Mixture mixture, Bar bar) {
        return with(new Variant(what, mixture, Set.of(), Optional.of(bar)));
    }

    private Case with(Variant variant) {
        List<Variant> all = new ArrayList<>(variants);
        all.add(variant);
        return new Case(aim, foreignPath, foreignId, alsoForgotten, all, filters);
    }
}
