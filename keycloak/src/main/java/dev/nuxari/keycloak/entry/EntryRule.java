package dev.nuxari.keycloak.entry;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Judges somebody by the terms of each organization that they could enter. */
final class EntryRule {
    private EntryRule() {}

    static Ruling judge(Collection<? extends EntryTerms> organizations, Attempt attempt, Instant now) {
        List<Set<Refusal>> answers = organizations.stream()
                .map(terms -> terms.refusals(attempt, now))
                .toList();
        if (answers.isEmpty() || answers.stream().anyMatch(Set::isEmpty)) {
            return new Ruling.Admitted();
        }
        if (answers.contains(EnumSet.of(Refusal.MFA))) {
            return new Ruling.SecondFactorMissing();
        }
        return answers.stream()
                .filter(refusals -> refusals.stream().allMatch(Refusal::passesWithAnotherSignIn))
                .findFirst()
                .<Ruling>map(refusals -> new Ruling.SignInMissing(first(refusals)))
                .orElseGet(() -> new Ruling.Refused(first(nearest(answers))));
    }

    /** Of several organizations that all refuse, the one that has the least against it is spoken of. */
    private static Set<Refusal> nearest(List<Set<Refusal>> answers) {
        return answers.stream().min(Comparator.comparingInt(Set::size)).orElseThrow();
    }

    private static Refusal first(Set<Refusal> refusals) {
        return refusals.stream().min(Comparator.naturalOrder()).orElseThrow();
    }
}
