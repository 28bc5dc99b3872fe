package dev.nuxari.server.invites;

import dev.nuxari.server.identity.Arrival;
import dev.nuxari.server.identity.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One reason why an invitation lets nobody in. The order of {@link #ALL} is the order in which people learn about them. The
 * function {@code invite_permits} holds the same against every other way to a membership.
 */
record AcceptanceRule(AcceptanceRefusal refusal, Predicate<Attempt> violatedBy) {
    static final List<AcceptanceRule> ALL = List.of(
            new AcceptanceRule(
                    AcceptanceRefusal.NOT_OPEN, tried -> tried.invite().stateAt(tried.now()) != Invite.State.OPEN),
            new AcceptanceRule(AcceptanceRefusal.INVITER_NOT_PERMITTED, tried -> !tried.inviterPermitted()),
            new AcceptanceRule(AcceptanceRefusal.DOMAIN_NOT_ALLOWED, tried -> !tried.domainAllowed()),
            new AcceptanceRule(
                    AcceptanceRefusal.ADDRESS_NOT_VERIFIED,
                    tried -> tried.arrival()
                            .filter(arrival -> arrival.profile().verifiedEmail().isEmpty())
                            .isPresent()),
            new AcceptanceRule(
                    AcceptanceRefusal.OTHER_ACCOUNT,
                    tried -> tried.arrival().filter(tried::isOfAnother).isPresent()));

    /**
     * @param inviterPermitted whether whoever answers for it is an active member who may invite
     * @param domainAllowed whether the organization enrols from the domain of the address, as it is now
     * @param arrival who has signed in; empty before anybody has
     */
    record Attempt(
            Invite invite, Instant now, boolean inviterPermitted, boolean domainAllowed, Optional<Arrival> arrival) {
        boolean isOfAnother(Arrival arrival) {
            return !isSame(invite.email(), arrival.profile().verifiedEmail().orElse(""))
                    || (invite.subject() != null && !invite.subject().equals(arrival.subject()));
        }
    }

    /** Both are ASCII, of a known form: nothing that only looks alike is the same, and case makes no difference. */
    static boolean isSame(EmailAddress invited, String signedIn) {
        return EmailAddress.parse(signedIn)
                .filter(address -> address.domain().equals(invited.domain())
                        && address.localPart().equalsIgnoreCase(invited.localPart()))
                .isPresent();
    }

    static Optional<AcceptanceRefusal> firstViolated(Attempt attempt) {
        return ALL.stream()
                .filter(rule -> rule.violatedBy().test(attempt))
                .map(AcceptanceRule::refusal)
                .findFirst();
    }
}
