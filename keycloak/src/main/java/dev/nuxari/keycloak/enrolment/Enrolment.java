package dev.nuxari.keycloak.enrolment;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked for, as it comes in JSON. Public and open, because Keycloak's reader of JSON fills it. */
public final class Enrolment {
    static final int MOST = 200;

    /** The organization that lets the people in. */
    public @Nullable String organization;

    /** Who has no account gets one. */
    public @Nullable List<Newcomer> people;

    /** One person. */
    public static final class Newcomer {
        /** Also the name they sign in with; the server has seen that it is theirs. */
        public @Nullable String email;

        public @Nullable String givenName;
        public @Nullable String familyName;
    }

    boolean isSensible() {
        return organization != null
                && people != null
                && !people.isEmpty()
                && people.size() <= MOST
                && people.stream().allMatch(one -> one != null && one.email != null && !one.email.isBlank())
                && people.stream()
                                .map(one -> Objects.requireNonNull(one.email))
                                .distinct()
                                .count()
                        == people.size();
    }
}
