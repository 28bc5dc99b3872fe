package dev.nuxari.server.broker;

/** What the broker makes of an organization's wish to have an account among its own. */
public sealed interface Taking {
    /**
     * It is.
     *
     * @param subject what tokens call the person
     */
    record Taken(String subject) implements Taking {}

    /** It is not. */
    record Refused(Obstacle why) implements Taking {}

    /** Why an organization cannot have an account. */
    enum Obstacle {
        /** The account is there, and nobody has shown that its address is its holder's. */
        ADDRESS_NOT_VERIFIED,
        /** Another organization has made it, which may have kept a way in. */
        SPOKEN_FOR_ELSEWHERE
    }
}
