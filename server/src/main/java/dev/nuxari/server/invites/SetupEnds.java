package dev.nuxari.server.invites;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.TimerTask;
import dev.nuxari.server.workflow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes back what the broker was told when somebody opened an invitation, if it is over and they have not become a member: the
 * link with which they could set up the account, and that the account is the organization's.
 */
@Component
class SetupEnds implements TimerTask {
    private static final Logger log = LoggerFactory.getLogger(SetupEnds.class);
    private static final String TIMER = "invite-setup";
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final OrganizationScope scope;
    private final InviteStore store;
    private final Enrolments enrolments;
    private final BrokerAccounts accounts;
    private final Timers timers;
    private final InstantSource clock;

    SetupEnds(
            OrganizationScope scope,
            InviteStore store,
            Enrolments enrolments,
            BrokerAccounts accounts,
            Timers timers,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.enrolments = enrolments;
        this.accounts = accounts;
        this.timers = timers;
        this.clock = clock;
    }

    /** Looks at the invitation then; in the scope that is open. */
    void at(InviteId invite, Instant when) {
        timers.schedule(TIMER, invite.toString(), when);
    }

    @Override
    public String kind() {
        return TIMER;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        InviteId invite = new InviteId(UUID.fromString(id));
        Optional<Invite> found = scope.reading(caller.organization(), caller, () -> store.find(invite));
        if (found.filter(this::isOpen).isPresent()) {
            // It was sent again.
            return found.map(Invite::expiresAt);
        }
        try {
            end(caller.organization(), caller, invite);
            return Optional.empty();
        } catch (DependencyDown e) {
            log.warn("the broker does not know yet that an invitation is over: {}", e.getMessage());
            return Optional.of(clock.instant().plus(AGAIN));
        }
    }

    private boolean isOpen(Invite invite) {
        return invite.stateAt(clock.instant()) == Invite.State.OPEN;
    }

    /** @throws DependencyDown if the broker does not do it */
    void end(OrganizationId organization, Caller caller, InviteId id) {
        Optional<String> subject = scope.reading(
                        organization, caller, () -> store.find(id).map(Invite::subject))
                .filter(one -> enrolments.find(organization, caller, one).isEmpty());
        subject.ifPresent(one -> {
            accounts.endSetUp(organization, one);
            accounts.leave(organization, one);
        });
    }
}
