package dev.nuxari.server.requests;

import dev.nuxari.kernel.Risk;
import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.Entitlement;
import dev.nuxari.server.access.Standing;
import dev.nuxari.server.workflow.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish with everything that has to be known to judge it.
 *
 * @param entitlement the one that was named, if there is such a one
 * @param accounts the one that was named, if there is such a one; else the caller's own in the entitlement's system
 * @param own whether the accounts are the caller's
 * @param actsForOthers whether the caller's role may ask for somebody else's access
 * @param standing whether the account holds the entitlement; neither when one of them is missing
 */
record Circumstances(
        Wish wish,
        @Nullable Entitlement entitlement,
        List<Account> accounts,
        boolean own,
        boolean actsForOthers,
        Standing standing) {
    Circumstances {
        accounts = List.copyOf(accounts);
    }

    boolean lacksEntitlement() {
        return wish.entitlement() != null && entitlement == null;
    }

    boolean lacksNamedAccount() {
        return wish.account() != null && accounts.isEmpty();
    }

    boolean lacksOwnAccount() {
        return wish.account() == null && accounts.isEmpty();
    }

    boolean isAmbiguous() {
        return accounts.size() > 1;
    }

    boolean isForbidden() {
        return !own && !actsForOthers;
    }

    boolean crossesSystems() {
        return entitlement != null
                && accounts.stream().anyMatch(account -> !account.connector().equals(entitlement.connector()));
    }

    boolean namesAbsentEntitlement() {
        return entitlement != null && !entitlement.present();
    }

    boolean accountIs(Account.State state) {
        return accounts.stream().anyMatch(account -> account.state() == state);
    }

    boolean is(Operation operation) {
        return wish.operation() == operation;
    }

    /** Once no rule objects there is exactly one. */
    Account account() {
        return accounts.getFirst();
    }

    /** What can go wrong if it is carried out: to take access away is less dangerous than to give it. */
    Risk risk() {
        return switch (wish.operation()) {
            case GRANT -> entitlement == null ? Risk.CRITICAL : entitlement.risk();
            case REVOKE -> Risk.LOW;
            case DISABLE -> Risk.MEDIUM;
            case PERFORM -> Risk.HIGH;
        };
    }
}
