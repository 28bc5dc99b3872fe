package dev.nuxari.server.requests;

import static dev.nuxari.server.access.Account.State.ABSENT;
import static dev.nuxari.server.access.Account.State.DISABLED;
import static dev.nuxari.server.workflow.Operation.GRANT;
import static dev.nuxari.server.workflow.Operation.REVOKE;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One reason to refuse a wish. The order of {@link #ALL} is the order in which callers learn about them: nothing is said
 * about an account before it is clear that the caller may ask about it.
 */
record RequestRule(RequestRefusal refusal, Predicate<Circumstances> violatedBy) {
    static final List<RequestRule> ALL = List.of(
            new RequestRule(RequestRefusal.NO_SUCH_ENTITLEMENT, Circumstances::lacksEntitlement),
            new RequestRule(RequestRefusal.NO_SUCH_ACCOUNT, Circumstances::lacksNamedAccount),
            new RequestRule(RequestRefusal.NO_ACCOUNT_IN_SYSTEM, Circumstances::lacksOwnAccount),
            new RequestRule(RequestRefusal.SEVERAL_ACCOUNTS_IN_SYSTEM, Circumstances::isAmbiguous),
            new RequestRule(RequestRefusal.NOT_PERMITTED, Circumstances::isForbidden),
            new RequestRule(RequestRefusal.ENTITLEMENT_OF_ANOTHER_SYSTEM, Circumstances::crossesSystems),
            new RequestRule(RequestRefusal.ENTITLEMENT_ABSENT, Circumstances::namesAbsentEntitlement),
            new RequestRule(RequestRefusal.ACCOUNT_ABSENT, asked -> asked.accountIs(ABSENT)),
            // What a disabled account still holds can be taken away.
            new RequestRule(RequestRefusal.ACCOUNT_DISABLED, asked -> !asked.is(REVOKE) && asked.accountIs(DISABLED)),
            // What stands in one book only is drift, and asking is a way to settle it.
            new RequestRule(
                    RequestRefusal.ALREADY_HELD,
                    asked -> asked.is(GRANT)
                            && asked.standing().approved()
                            && asked.standing().observed()),
            new RequestRule(
                    RequestRefusal.NOT_HELD,
                    asked -> asked.is(REVOKE)
                            && !asked.standing().approved()
                            && !asked.standing().observed()));

    static Optional<RequestRefusal> firstViolated(Circumstances circumstances) {
        return ALL.stream()
                .filter(rule -> rule.violatedBy().test(circumstances))
                .map(RequestRule::refusal)
                .findFirst();
    }
}
