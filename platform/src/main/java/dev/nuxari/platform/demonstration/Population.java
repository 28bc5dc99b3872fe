package dev.nuxari.platform.demonstration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** The people of an organization, the same in every run. The first six are its members in Nuxari, one for each role. */
record Population(String slug, List<Person> people) {
    static final int SIZE = 220;

    /** The spelling of the six roles, which is also the local part of the six addresses. */
    static final List<String> ROLES = List.of("owner", "admin", "approver", "requester", "auditor", "readonly");

    static final List<String> DEPARTMENTS =
            List.of("finance", "engineering", "people", "sales", "support", "legal", "operations", "security");

    private static final List<String> FIRST = List.of(
            "Ada", "Amir", "Anouk", "Bela", "Carmen", "Chidi", "Dana", "Diego", "Elena", "Emre", "Farah", "Felix",
            "Grace", "Hana", "Hugo", "Ines", "Ivo", "Jana", "Jonas", "Kaya", "Lars", "Leila", "Lucia", "Malik", "Mara",
            "Mei", "Milan", "Nadia", "Nils", "Noor", "Olga", "Omar", "Petra", "Priya", "Rafael", "Rosa", "Samir",
            "Sofia", "Tariq", "Yuki");
    private static final List<String> LAST = List.of(
            "Abbott",
            "Almeida",
            "Andersen",
            "Baptiste",
            "Becker",
            "Castillo",
            "Costa",
            "Dubois",
            "Eriksen",
            "Farkas",
            "Fischer",
            "Gallo",
            "Garcia",
            "Haddad",
            "Hansen",
            "Horvat",
            "Ibrahim",
            "Ivanova",
            "Jensen",
            "Kaplan",
            "Keller",
            "Kowalski",
            "Larsen",
            "Laurent",
            "Lindgren",
            "Mensah",
            "Moreau",
            "Nakamura",
            "Novak",
            "Okafor",
            "Olsen",
            "Petrov",
            "Reyes",
            "Rossi",
            "Santos",
            "Schmidt",
            "Silva",
            "Tanaka",
            "Weber",
            "Yilmaz");
    private static final long SEED = 20_260_101L;

    Population {
        people = List.copyOf(people);
    }

    static Population of(String slug) {
        SplittableRandom random = random(slug, "people");
        Map<String, Person> people = new LinkedHashMap<>();
        for (int i = 0; i < ROLES.size(); i++) {
            String role = ROLES.get(i);
            people.put(role, person(slug, role, FIRST.get((i * 7 + slug.length()) % FIRST.size()), LAST.get(i * 5), i));
        }
        while (people.size() < SIZE) {
            String first = FIRST.get(random.nextInt(FIRST.size()));
            String last = LAST.get(random.nextInt(LAST.size()));
            String id = (first + "." + last).toLowerCase(Locale.ROOT);
            people.putIfAbsent(id, person(slug, id, first, last, random.nextInt(DEPARTMENTS.size())));
        }
        return new Population(slug, new ArrayList<>(people.values()));
    }

    private static Person person(String slug, String id, String first, String last, int department) {
        return new Person(id, first, last, id + "@" + slug + ".example", DEPARTMENTS.get(department));
    }

    /** Random numbers that depend on nothing but the names. */
    static SplittableRandom random(String slug, String purpose) {
        return new SplittableRandom(SEED + 31L * slug.hashCode() + purpose.hashCode());
    }

    /** One of the six. */
    Person member(String role) {
        return people.get(ROLES.indexOf(role));
    }
}
