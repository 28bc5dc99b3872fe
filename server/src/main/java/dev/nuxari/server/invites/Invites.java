package dev.nuxari.server.invites;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.identity.IdentityPolicies;
import dev.nuxari.server.identity.IdentityPolicy;
import dev.nuxari.server.invites.Invite.Delivery;
import dev.nuxari.server.invites.Invite.Stored;
import dev.nuxari.server.mail.Mailer;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberAddresses;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;

/** The invitations of an organization, for its members. Every change is audited, and so is one that was refused. */
@Service
public class Invites {
    /** No invitation is sent more often. */
    static final Duration SENT_AGAIN_AFTER = Duration.ofMinutes(5);

    private final OrganizationScope scope;
    private final InviteStore store;
    private final IdentityPolicies policies;
    private final MemberAddresses addresses;
    private final Mailer mailer;
    private final Timers timers;
    private final SetupEnds ends;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    // What an invitation touches comes together here.
    @SuppressWarnings("checkstyle:ParameterNumber")
    Invites(
            OrganizationScope scope,
            InviteStore store,
            IdentityPolicies policies,
            MemberAddresses addresses,
            Mailer mailer,
            Timers timers,
            SetupEnds ends,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.policies = policies;
        this.addresses = addresses;
        this.mailer = mailer;
        this.timers = timers;
        this.ends = ends;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Whom somebody wants to invite. */
    record Wish(EmailAddress email, Role role) {}

    /** The newest first. */
    Page<Invite> list(OrganizationId organization, Caller caller, PageRequest page) {
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(before, page.rows()),
                        page.limit(),
                        one -> one.id().toString()));
    }

    Optional<Invite> find(OrganizationId organization, Caller caller, InviteId id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    Instant now() {
        return clock.instant();
    }

    /** The mail goes out right after this, by a timer that stays until it has. */
    InviteRuling invite(OrganizationId organization, Caller caller, Wish wish) {
        return scope.within(organization, caller, () -> {
            Instant now = clock.instant();
            IdentityPolicy policy = policies.find(organization, caller);
            Invite invite = drawn(caller, wish, now, policy.inviteTtl());
            InviteRuling ruling = refusal(wish, policy)
                    .<InviteRuling>map(InviteRuling.Refused::new)
                    .orElseGet(() -> add(invite, now));
            switch (ruling) {
                case InviteRuling.Accepted(Invite added) -> {
                    queue(added);
                    audit.append(AuditEvent.of(InviteAction.INVITE_CREATE, target(added.id()))
                            .change(Redacted.EMPTY, redactor.redact(added.forEvent())));
                }
                case InviteRuling.Refused(InviteProblem why) ->
                    audit.append(AuditEvent.of(InviteAction.INVITE_CREATE, target(invite.id()))
                            .outcome(Outcome.REFUSED)
                            .metadata(redactor.redact(
                                    Json.object("refusal", why.slug(), "role", Spelling.of(wish.role())))));
            }
            return ruling;
        });
    }

    private static Invite drawn(Caller caller, Wish wish, Instant now, Duration ttl) {
        return new Invite(
                new InviteId(UuidV7.at(now)),
                wish.email(),
                wish.role(),
                Stored.OPEN,
                caller.memberId(),
                now,
                now.plus(ttl),
                Delivery.waiting(UuidV7.at(now), now),
                null,
                null);
    }

    private Optional<InviteProblem> refusal(Wish wish, IdentityPolicy policy) {
        if (wish.role() == Role.OWNER) {
            return Optional.of(InviteProblem.INVITE_MAKES_NO_OWNER);
        }
        if (!mailer.isConfigured()) {
            return Optional.of(InviteProblem.MAIL_NOT_CONFIGURED);
        }
        if (!policy.emailDomainAllowlist().enrols(wish.email().canonical())) {
            return Optional.of(InviteProblem.EMAIL_DOMAIN_NOT_ALLOWED);
        }
        return addresses.of(List.of(wish.email().canonical())).isEmpty()
                ? Optional.empty()
                : Optional.of(InviteProblem.ALREADY_A_MEMBER);
    }

    private InviteRuling add(Invite invite, Instant now) {
        store.replaceExpired(invite.email(), now);
        if (store.add(invite)) {
            return new InviteRuling.Accepted(invite);
        }
        return new InviteRuling.Refused(
                store.hasOpen(invite.email()) ? InviteProblem.INVITE_ALREADY_OPEN : InviteProblem.TOO_MANY_INVITES);
    }

    /** Another mail with another token; the one before opens nothing from here on, and the time to accept begins anew. */
    InviteRuling resend(OrganizationId organization, Caller caller, InviteId id) {
        return change(organization, caller, id, InviteAction.INVITE_RESEND, before -> {
            Instant now = clock.instant();
            if (now.isBefore(before.delivery().queuedAt().plus(SENT_AGAIN_AFTER))) {
                return new InviteRuling.Refused(InviteProblem.INVITE_SENT_TOO_SOON);
            }
            IdentityPolicy policy = policies.find(organization, caller);
            Optional<InviteProblem> refusal = refusal(new Wish(before.email(), before.role()), policy);
            if (refusal.isPresent()) {
                return new InviteRuling.Refused(refusal.get());
            }
            Invite again = drawn(caller, new Wish(before.email(), before.role()), now, policy.inviteTtl());
            Invite after = new Invite(
                    id,
                    before.email(),
                    before.role(),
                    Stored.OPEN,
                    again.invitedBy(),
                    before.invitedAt(),
                    again.expiresAt(),
                    again.delivery(),
                    before.subject(),
                    null);
            if (!store.requeue(after)) {
                return new InviteRuling.Refused(InviteProblem.TOO_MANY_INVITES);
            }
            queue(after);
            return new InviteRuling.Accepted(after);
        });
    }

    /** From here on the link opens nothing. */
    InviteRuling revoke(OrganizationId organization, Caller caller, InviteId id) {
        return change(organization, caller, id, InviteAction.INVITE_REVOKE, before -> {
            store.revoke(id, caller.memberId(), clock.instant());
            ends.at(id, clock.instant());
            return new InviteRuling.Accepted(store.find(id).orElseThrow());
        });
    }

    @FunctionalInterface
    private interface Change {
        InviteRuling of(Invite before);
    }

    private InviteRuling change(
            OrganizationId organization, Caller caller, InviteId id, InviteAction action, Change change) {
        return scope.within(organization, caller, () -> {
            Optional<Invite> found = store.lock(id);
            if (found.isEmpty()) {
                return new InviteRuling.Refused(InviteProblem.NO_SUCH_INVITE);
            }
            Invite before = found.get();
            InviteRuling ruling = before.stored() != Stored.OPEN
                    ? new InviteRuling.Refused(InviteProblem.INVITE_SETTLED)
                    : change.of(before);
            AuditEvent event = AuditEvent.of(action, target(id));
            UnaryOperator<AuditEvent> told = switch (ruling) {
                case InviteRuling.Accepted(Invite after) ->
                    to -> to.change(redactor.redact(before.forEvent()), redactor.redact(after.forEvent()));
                case InviteRuling.Refused(InviteProblem why) ->
                    to -> to.outcome(Outcome.REFUSED).metadata(redactor.redact(Json.object("refusal", why.slug())));
            };
            audit.append(told.apply(event));
            return ruling;
        });
    }

    private void queue(Invite invite) {
        timers.schedule(InviteMails.TIMER, invite.delivery().mailing().toString(), clock.instant());
    }

    static Target target(InviteId id) {
        return new Target("invite", id.value());
    }
}
