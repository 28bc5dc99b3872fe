package dev.nuxari.keycloak.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** On what terms an organization lets its members in, as far as the broker knows. The server judges the same with every request. */
sealed interface EntryTerms {
    /** Everything that speaks against letting somebody in. */
    Set<Refusal> refusals(Attempt attempt, Instant now);

    /** The server has not told any. */
    record None() implements EntryTerms {
        @Override
        public Set<Refusal> refusals(Attempt attempt, Instant now) {
            return Set.of();
        }
    }

    /** There are some, and nobody knows what they say. */
    record Unreadable(String why) implements EntryTerms {
        @Override
        public Set<Refusal> refusals(Attempt attempt, Instant now) {
            return Set.of(Refusal.UNREADABLE);
        }
    }

    /**
     * Those that the server told.
     *
     * @param loginMethods the means of signing in that count; with all of them, those that are not known count as well
     * @param ipAllowlist from where; none means from everywhere
     * @param mfaOfEverybody roles are not known here, so what is demanded of some only is left to the server
     */
    record Known(
            Set<LoginMethod> loginMethods, List<Network> ipAllowlist, boolean mfaOfEverybody, Duration sessionMaxAge)
            implements EntryTerms {
        public Known {
            loginMethods = Collections.unmodifiableSet(EnumSet.copyOf(loginMethods));
            ipAllowlist = List.copyOf(ipAllowlist);
        }

        @Override
        public Set<Refusal> refusals(Attempt attempt, Instant now) {
            Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
            if (!attempt.authenticatedAt().isAfter(now.minus(sessionMaxAge))) {
                refusals.add(Refusal.SIGN_IN_TOO_OLD);
            }
            if (!ipAllowlist.isEmpty()
                    && attempt.address().filter(this::isAllowed).isEmpty()) {
                refusals.add(Refusal.ADDRESS);
            }
            if (!accepts(attempt)) {
                refusals.add(Refusal.METHOD);
            }
            if (mfaOfEverybody && !attempt.secondFactor()) {
                refusals.add(Refusal.MFA);
            }
            return refusals;
        }

        private boolean isAllowed(Address address) {
            return ipAllowlist.stream().anyMatch(network -> network.contains(address));
        }

        private boolean accepts(Attempt attempt) {
            return attempt.method()
                    .map(loginMethods::contains)
                    .orElse(loginMethods.size() == LoginMethod.values().length);
        }
    }
}
