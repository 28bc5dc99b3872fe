package dev.nuxari.server.scim;

import dev.nuxari.server.broker.Taking;

/** Why a user of a directory is no member yet, or not as the directory would have it. */
enum AccountProblem {
    DOMAIN_NOT_VERIFIED,
    DOMAIN_NOT_ENROLLED,
    /** There is an account with that address at the broker, and nobody has shown that it is the person's. */
    ADDRESS_NOT_VERIFIED,
    /** The account with that address was made by another organization, and is still in one. */
    SPOKEN_FOR_ELSEWHERE,
    BROKER_UNAVAILABLE,
    /** What happened is in the server's log. */
    FAILED;

    static AccountProblem of(Taking.Obstacle obstacle) {
        return switch (obstacle) {
            case ADDRESS_NOT_VERIFIED -> ADDRESS_NOT_VERIFIED;
            case SPOKEN_FOR_ELSEWHERE -> SPOKEN_FOR_ELSEWHERE;
        };
    }
}
