package dev.nuxari.keycloak.enrolment;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Many people on an organization's word, as they come in JSON. Public and open, because Keycloak's reader of JSON fills it. */
public final class EnrolmentBatch {
    static final int MOST = 200;

    /** The organization that lets the people in. */
    public @Nullable String organization;

    /** Each with an address, and nobody twice. */
    public @Nullable List<Enrolment> people;

    boolean isSensible() {
        if (organization == null || people == null || people.isEmpty() || people.size() > MOST) {
            return false;
        }
        people.forEach(one -> {
            one.organization = organization;
            one.subject = null;
            one.spokenFor = true;
        });
        return people.stream().allMatch(Enrolment::isSensible)
                && people.stream()
                                .map(one -> Objects.requireNonNull(one.email).toLowerCase(Locale.ROOT))
                                .distinct()
                                .count()
                        == people.size();
    }
}
