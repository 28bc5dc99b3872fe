package dev.nuxari.server.identity;

import dev.nuxari.server.api.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom other terms would keep out: nobody stops being a member by them, but a session that is open is of no use from the next
 * request on. It can be said of those who are signed in now; how the others will sign in nobody knows yet.
 *
 * @param signedIn how many members have an open session
 * @param members those of whose sessions at least one would be refused, in the order of their ids
 * @param yourself why the one who asks would be refused; empty if they would not
 */
record Lockout(int signedIn, List<LockedOut> members, List<EntryRefusal> yourself) {
    Lockout {
        members = List.copyOf(members);
        yourself = List.copyOf(yourself);
    }

    /**
     * One member.
     *
     * @param sessions how many of their sessions would be refused
     * @param entirely whether that is all of them
     */
    record LockedOut(Person person, int sessions, boolean entirely, Set<EntryRefusal> because) {
        LockedOut {
            because = Collections.unmodifiableSet(EnumSet.copyOf(because));
        }
    }

    static Lockout under(EntryTerms terms, List<SignedInMember> signedIn, List<EntryRefusal> yourself, Instant now) {
        Map<Person, List<List<EntryRefusal>>> bySession = new LinkedHashMap<>();
        for (SignedInMember session : signedIn) {
            bySession
                    .computeIfAbsent(session.person(), _ -> new ArrayList<>())
                    .add(terms.refusals(session.role(), Entries.read(session.address()), session.assurance(), now)
                            .toList());
        }
        List<LockedOut> members = bySession.entrySet().stream()
                .filter(member -> member.getValue().stream().anyMatch(refusals -> !refusals.isEmpty()))
                .map(member -> lockedOut(member.getKey(), member.getValue()))
                .toList();
        return new Lockout(bySession.size(), members, yourself);
    }

    private static LockedOut lockedOut(Person person, List<List<EntryRefusal>> sessions) {
        Set<EntryRefusal> because = EnumSet.noneOf(EntryRefusal.class);
        sessions.forEach(because::addAll);
        int refused =
                (int) sessions.stream().filter(refusals -> !refusals.isEmpty()).count();
        return new LockedOut(person, refused, refused == sessions.size(), because);
    }
}
