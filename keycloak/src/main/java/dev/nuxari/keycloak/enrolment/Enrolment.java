package dev.nuxari.keycloak.enrolment;

import org.jspecify.annotations.Nullable;

/** What is asked for, as it comes in JSON. Public and open, because Keycloak's reader of JSON fills it. */
public final class Enrolment {
    private static final int LONGEST_NAME = 255;

    /** The organization that lets somebody in. */
    public @Nullable String organization;

    /** The name of an account that is there ({@code sub}); else it is the one with the address. */
    public @Nullable String subject;

    public @Nullable String email;

    public @Nullable String givenName;

    public @Nullable String familyName;

    /** Whether the organization itself says that the address is the person's, and not they. */
    public boolean spokenFor;

    boolean isSensible() {
        return organization != null && (subject != null || (spokenFor && isAddress(email)));
    }

    private static boolean isAddress(@Nullable String text) {
        return text != null && text.length() <= LONGEST_NAME && text.matches("[^@\\s]+@[^@\\s]+");
    }

    /** Keycloak wants names, and would ask the person for them on a page where the address can be changed too. */
    static String name(@Nullable String given, String otherwise) {
        return given == null
                        || given.isBlank()
                        || given.length() > LONGEST_NAME
                        || given.matches(".*[<>&\"\\p{Cntrl}].*")
                ? otherwise
                : given;
    }
}
