package dev.nuxari.platform.demonstration;

import dev.nuxari.platform.demonstration.Entitlement.Risk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What one governed system holds when it is first observed, and how it drifts afterwards.
 *
 * @param holders who holds what, each entitlement of the catalogue with its people
 */
record Content(Population population, Catalogue catalogue, Map<Entitlement, Set<Person>> holders, Drift drift) {
    private static final int UNAPPROVED = 6;
    private static final int REMOVED = 4;

    Content {
        holders = Collections.unmodifiableMap(holders);
    }

    /** Who holds what. */
    record Assignment(Person person, Entitlement entitlement) {}

    /** What somebody changed by hand after the first observation, past every approval. */
    record Drift(List<Assignment> granted, List<Assignment> removed) {
        Drift {
            granted = List.copyOf(granted);
            removed = List.copyOf(removed);
        }
    }

    static Content of(Population population, Catalogue catalogue) {
        SplittableRandom random = Population.random(population.slug(), catalogue.name());
        Map<Entitlement, Set<Person>> holders = new LinkedHashMap<>();
        for (Entitlement entitlement : catalogue.entitlements()) {
            Set<Person> people = new LinkedHashSet<>();
            for (Person person : population.people()) {
                // Drawn for everybody, so that an exception for one person moves nobody else.
                boolean drawn = random.nextInt(1000) < share(person, entitlement);
                if (holds(population, person, entitlement, drawn)) {
                    people.add(person);
                }
            }
            if (people.isEmpty()) {
                people.add(population.people().getLast());
            }
            holders.put(entitlement, people);
        }
        return new Content(population, catalogue, holders, drift(population, holders, random));
    }

    /** The requester has what everybody has and nothing more: the demonstration is about asking. */
    private static boolean holds(Population population, Person person, Entitlement entitlement, boolean drawn) {
        if (person.equals(population.member("requester"))) {
            return isForEverybody(entitlement);
        }
        return drawn;
    }

    private static boolean isForEverybody(Entitlement entitlement) {
        return entitlement.department().equals(Entitlement.EVERYBODY) && entitlement.risk() == Risk.LOW;
    }

    /** Of a thousand people of that department. */
    private static int share(Person person, Entitlement entitlement) {
        if (isForEverybody(entitlement)) {
            return 1000;
        }
        boolean own = person.department().equals(entitlement.department());
        return switch (entitlement.risk()) {
            case LOW -> own ? 950 : 450;
            case MEDIUM -> own ? 700 : 190;
            case HIGH -> own ? 250 : 40;
            case CRITICAL -> own ? 60 : 10;
        };
    }

    private static Drift drift(Population population, Map<Entitlement, Set<Person>> holders, SplittableRandom random) {
        List<Assignment> granted = new ArrayList<>();
        List<Assignment> removed = new ArrayList<>();
        List<Entitlement> entitlements = List.copyOf(holders.keySet());
        List<Person> others = population
                .people()
                .subList(Population.ROLES.size(), population.people().size());
        while (granted.size() < UNAPPROVED || removed.size() < REMOVED) {
            Entitlement entitlement = entitlements.get(random.nextInt(entitlements.size()));
            Assignment assignment = new Assignment(others.get(random.nextInt(others.size())), entitlement);
            Set<Person> held = holders.getOrDefault(entitlement, Set.of());
            boolean isHeld = held.contains(assignment.person());
            List<Assignment> kind = isHeld ? removed : granted;
            // A group of the directory keeps a member, and trivial access makes no finding worth showing.
            boolean telling = isHeld ? held.size() > 5 : entitlement.risk() != Risk.LOW;
            if (telling && kind.size() < (isHeld ? REMOVED : UNAPPROVED) && !kind.contains(assignment)) {
                kind.add(assignment);
            }
        }
        return new Drift(granted, removed);
    }

    int assignments() {
        return holders.values().stream().mapToInt(Set::size).sum();
    }
}
