package dev.nuxari.server.requests;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Risk;
import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.AccountId;
import dev.nuxari.server.access.Entitlement;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.access.Standing;
import dev.nuxari.server.workflow.Operation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A valid wish, and words for what is different about another one. */
final class RequestFixtures {
    static final ConnectorId SYSTEM = new ConnectorId(new UUID(0, 1));
    static final Entitlement WIKI = new Entitlement(
            new EntitlementId(new UUID(0, 2)), SYSTEM, "group", "wiki", "Wiki", "Reads the wiki", Risk.LOW, true, 1);
    static final Account ACCOUNT = account(SYSTEM, 3, Account.State.ENABLED);

    private RequestFixtures() {}

    static Account anyAccount() {
        return account(SYSTEM, 4, Account.State.ENABLED);
    }

    static Account ofAnotherSystem() {
        return account(new ConnectorId(new UUID(0, 9)), 3, Account.State.ENABLED);
    }

    static Account in(Account.State state) {
        return account(SYSTEM, 3, state);
    }

    static Entitlement vanished(Entitlement entitlement) {
        return new Entitlement(
                entitlement.id(),
                entitlement.connector(),
                entitlement.kind(),
                entitlement.nativeId(),
                entitlement.name(),
                entitlement.description(),
                entitlement.risk(),
                false,
                entitlement.version());
    }

    static Entitlement with(Entitlement entitlement, Risk risk) {
        return new Entitlement(
                entitlement.id(),
                entitlement.connector(),
                entitlement.kind(),
                entitlement.nativeId(),
                entitlement.name(),
                entitlement.description(),
                risk,
                entitlement.present(),
                entitlement.version());
    }

    static Wish grant() {
        return new Wish(Operation.GRANT, WIKI.id(), null, "on the team now");
    }

    static Wish grant(AccountId account) {
        return new Wish(Operation.GRANT, WIKI.id(), account, "on the team now");
    }

    static Wish revoke() {
        return new Wish(Operation.REVOKE, WIKI.id(), null, "left the team");
    }

    static Wish disable(AccountId account) {
        return new Wish(Operation.DISABLE, null, account, "left the company");
    }

    /** Asked by a requester for their own account, which holds nothing. */
    static Asked asked(Wish wish) {
        Entitlement entitlement = wish.entitlement() == null ? null : WIKI;
        return new Asked(wish, entitlement, List.of(ACCOUNT), true, false, new Standing(false, false));
    }

    record Asked(
            Wish wish,
            @Nullable Entitlement entitlement,
            List<Account> accounts,
            boolean own,
            boolean approver,
            Standing standing) {
        Asked entitlement(@Nullable Entitlement other) {
            return new Asked(wish, other, accounts, own, approver, standing);
        }

        Asked on(Account... others) {
            return new Asked(wish, entitlement, List.of(others), own, approver, standing);
        }

        Asked ofSomebodyElse() {
            return new Asked(wish, entitlement, accounts, false, approver, standing);
        }

        Asked byApprover() {
            return new Asked(wish, entitlement, accounts, own, true, standing);
        }

        Asked standing(Standing other) {
            return new Asked(wish, entitlement, accounts, own, approver, other);
        }

        Circumstances circumstances() {
            return new Circumstances(wish, entitlement, accounts, own, approver, standing);
        }
    }

    private static Account account(ConnectorId system, int number, Account.State state) {
        return new Account(new AccountId(new UUID(0, number)), system, "ann", "Ann Example", "ann@example.org", state);
    }
}
