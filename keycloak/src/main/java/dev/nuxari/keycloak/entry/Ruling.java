package dev.nuxari.keycloak.entry;

/** What becomes of somebody who wants to come in. */
sealed interface Ruling {
    /** At least one organization lets them in, or they are in none that has terms. */
    record Admitted() implements Ruling {}

    /** With a second factor one would. */
    record SecondFactorMissing() implements Ruling {}

    /** With another sign-in one might. */
    record SignInMissing(Refusal why) implements Ruling {}

    record Refused(Refusal why) implements Ruling {}
}
