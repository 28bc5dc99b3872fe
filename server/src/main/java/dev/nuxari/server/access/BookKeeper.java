package dev.nuxari.server.access;

import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepValidated;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Enters in both books what a workflow did, in the transaction that records that it was seen to be done: the approved book,
 * because it was approved, and the observed one, because validating is looking.
 */
@Component
class BookKeeper {
    private final BookStore books;
    private final SightingStore sightings;
    private final AccountStore accounts;
    private final EntitlementStore entitlements;

    BookKeeper(BookStore books, SightingStore sightings, AccountStore accounts, EntitlementStore entitlements) {
        this.books = books;
        this.sightings = sightings;
        this.accounts = accounts;
        this.entitlements = entitlements;
    }

    @EventListener
    void on(StepValidated validated) {
        PlannedStep step = validated.step();
        if (step.operation() == Operation.PERFORM) {
            // About a host, and about nobody's access to it.
            return;
        }
        books.share(step.connector());
        Account account = accounts.named(step.connector(), step.account().nativeId())
                .orElseThrow(() -> new IllegalStateException("a validated step names an account nobody knows"));
        switch (step.operation()) {
            case GRANT -> {
                Entitlement entitlement = entitlementOf(step);
                books.approve(account, entitlement, validated.approvalRef(), validated.at());
                sightings.saveLook(account, entitlement, true, validated.at());
            }
            case REVOKE -> {
                Entitlement entitlement = entitlementOf(step);
                books.disapprove(account, entitlement);
                sightings.saveLook(account, entitlement, false, validated.at());
            }
            case DISABLE -> sightings.saveDisabled(account, validated.at());
            case PERFORM -> throw new IllegalStateException("an action of an agent is in no book");
        }
    }

    private Entitlement entitlementOf(PlannedStep step) {
        PlannedStep.Entitlement planned = step.entitlement();
        if (planned == null) {
            throw new IllegalStateException("a step that grants or revokes names an entitlement");
        }
        return entitlements
                .named(step.connector(), planned.kind(), planned.nativeId())
                .orElseThrow(() -> new IllegalStateException("a validated step names an entitlement nobody knows"));
    }
}
