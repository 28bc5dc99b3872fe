package dev.nuxari.server.invites;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.identity.Members;
import dev.nuxari.server.identity.PublicAddress;
import dev.nuxari.server.invites.Invite.DeliveryFailure;
import dev.nuxari.server.invites.Invite.DeliveryState;
import dev.nuxari.server.invites.Invite.State;
import dev.nuxari.server.mail.Letter;
import dev.nuxari.server.mail.Mailer;
import dev.nuxari.server.mail.Posting;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.TimerTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends the mails of invitations, and tries again for as long as the invitation is open. The token is drawn with each attempt,
 * and is in the mail and nowhere else: what is kept for the next attempt is no secret. An attempt that seemed to fail and did
 * arrive has a link that opens nothing once another one was made; the newest mail is the one that counts.
 */
@Component
class InviteMails implements TimerTask {
    static final String TIMER = "invite-mail";
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    private static final int RETRIES_GROW_UNTIL = 6;

    private final OrganizationScope scope;
    private final InviteStore store;
    private final Members members;
    private final MemberNames names;
    private final PublicAddress address;
    private final Mailer mailer;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    // What a mail is made of comes together here.
    @SuppressWarnings("checkstyle:ParameterNumber")
    InviteMails(
            OrganizationScope scope,
            InviteStore store,
            Members members,
            MemberNames names,
            PublicAddress address,
            Mailer mailer,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.members = members;
        this.names = names;
        this.address = address;
        this.mailer = mailer;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return TIMER;
    }

    private record Prepared(Invite invite, Letter letter) {}

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        UUID mailing = UUID.fromString(id);
        return scope.within(caller.organization(), caller, () -> prepare(caller, mailing))
                .flatMap(prepared -> {
                    // Between two transactions: mail servers may take their time.
                    Posting posting = mailer.send(prepared.letter());
                    scope.run(caller.organization(), caller, () -> record(prepared.invite(), posting));
                    return next(prepared.invite(), posting);
                });
    }

    private Optional<Prepared> prepare(Caller caller, UUID mailing) {
        return store.lockMailing(mailing)
                .filter(invite -> invite.stateAt(clock.instant()) == State.OPEN
                        && invite.delivery().state() != DeliveryState.SENT)
                .map(invite -> {
                    InviteToken token = InviteToken.random(caller.organization());
                    store.arm(mailing, token.hash(), clock.instant());
                    String inviter =
                            names.of(Set.of(invite.invitedBy())).getOrDefault(invite.invitedBy(), "An administrator");
                    String organization =
                            members.organization(caller.organization(), caller).name();
                    return new Prepared(invite, InviteLetter.of(invite, organization, inviter, link(token)));
                });
    }

    /** In the fragment, which browsers send to nobody: it is in no log. */
    private String link(InviteToken token) {
        return address.baseUrl().resolve("/invite") + "#" + token.text();
    }

    /** Of attempts that fail, the first is on record. */
    private void record(Invite tried, Posting posting) {
        UUID mailing = tried.delivery().mailing();
        if (store.lockMailing(mailing).isEmpty()) {
            return;
        }
        DeliveryFailure failure = failure(posting);
        store.delivered(mailing, failure == null ? DeliveryState.SENT : DeliveryState.FAILING, failure);
        if (failure == null || tried.delivery().state() == DeliveryState.WAITING) {
            audit.append(AuditEvent.of(InviteAction.INVITE_SEND, Invites.target(tried.id()))
                    .outcome(failure == null ? Outcome.SUCCEEDED : Outcome.FAILED)
                    .metadata(redactor.redact(Json.object("posting", Spelling.of(posting)))));
        }
    }

    private static @Nullable DeliveryFailure failure(Posting posting) {
        return switch (posting) {
            case SENT -> null;
            case NOT_CONFIGURED -> DeliveryFailure.NOT_CONFIGURED;
            case NO_CONNECTION -> DeliveryFailure.NO_CONNECTION;
            case NOT_ACCEPTED -> DeliveryFailure.NOT_ACCEPTED;
            case ADDRESS_REFUSED -> DeliveryFailure.ADDRESS_REFUSED;
        };
    }

    /** An address that is refused stays so; whoever invited sees it, and may send again. */
    private Optional<Instant> next(Invite tried, Posting posting) {
        return switch (posting) {
            case SENT, ADDRESS_REFUSED -> Optional.empty();
            case NOT_CONFIGURED, NO_CONNECTION, NOT_ACCEPTED ->
                Optional.of(clock.instant().plus(wait(tried.delivery().attempts())));
        };
    }

    private static Duration wait(int attemptsBefore) {
        Duration growing = FIRST_RETRY.multipliedBy(1L << Math.min(attemptsBefore, RETRIES_GROW_UNTIL));
        return growing.compareTo(LONGEST_RETRY) < 0 ? growing : LONGEST_RETRY;
    }
}
