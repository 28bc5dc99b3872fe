package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.domains.Domains;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.scim.DirectoryUser.Draft;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * The users of a directory. Who leaves stops within the transaction that says so; the account at the broker is made, and let
 * out, after it: see {@link DirectoryAccounts}. All of it happens in the scope that is open.
 */
@Component
class DirectoryUsers {
    private final DirectoryUserStore store;
    private final DirectoryMembers members;
    private final Domains domains;
    private final Enrolments enrolments;
    private final AccountsDue accounts;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    // What a user comes to touches all of these.
    @SuppressWarnings("checkstyle:ParameterNumber")
    DirectoryUsers(
            DirectoryUserStore store,
            DirectoryMembers members,
            Domains domains,
            Enrolments enrolments,
            AccountsDue accounts,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.store = store;
        this.members = members;
        this.domains = domains;
        this.enrolments = enrolments;
        this.accounts = accounts;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** @throws ScimRefused if the organization does not enrol this address, or it is there already */
    DirectoryUser add(DirectoryClient client, Draft draft) {
        mustBeOurs(client, draft.email());
        Instant now = clock.instant();
        UUID id = UuidV7.at(now);
        DirectoryUser added = store.add(client.directory(), id, draft, now).orElseThrow(() -> taken(client, draft));
        if (added.active()) {
            accounts.soon(client);
        }
        audit.append(event(DirectoryAction.DIRECTORY_USER_ADD, client, added)
                .change(Redacted.EMPTY, redactor.redact(added.forEvent())));
        return added;
    }

    private ScimRefused taken(DirectoryClient client, Draft draft) {
        return store.byUserName(client.directory(), draft.userName()).isEmpty()
                ? ScimRefusal.ADDRESS_TAKEN.thrown()
                : ScimRefusal.USER_NAME_TAKEN.thrown();
    }

    /** A directory speaks for addresses of domains that its organization has shown to be its own, and for no others. */
    private void mustBeOurs(DirectoryClient client, String email) {
        OrganizationId organization = client.organization();
        boolean verified = EmailAddress.parse(email)
                .filter(address -> domains.isVerified(organization, client.caller(), address.domain()))
                .isPresent();
        if (!verified) {
            throw ScimRefusal.DOMAIN_NOT_VERIFIED.thrown();
        }
        if (!enrolments.enrols(organization, client.caller(), email)) {
            throw ScimRefusal.DOMAIN_NOT_ENROLLED.thrown();
        }
    }

    /**
     * Empty if there is no such user.
     *
     * @throws ScimRefused if it cannot become that
     */
    Optional<DirectoryUser> replace(DirectoryClient client, UUID id, Draft draft) {
        return store.lock(client.directory(), id).map(before -> replaced(client, before, draft));
    }

    private DirectoryUser replaced(DirectoryClient client, DirectoryUser before, Draft draft) {
        if (!draft.email().equals(before.email())) {
            throw ScimRefusal.ADDRESS_CHANGED.thrown();
        }
        if (draft.says(before)) {
            return before;
        }
        boolean returns = draft.active() && !before.active();
        boolean leaves = before.active() && !draft.active();
        if (returns) {
            mustBeOurs(client, before.email());
        }
        Instant now = clock.instant();
        DirectoryUser after = saved(before, draft, returns || leaves, now);
        if (returns || leaves) {
            turned(client, after);
        }
        audit.append(event(DirectoryAction.DIRECTORY_USER_CHANGE, client, after)
                .change(redactor.redact(before.forEvent()), redactor.redact(after.forEvent())));
        return after;
    }

    /** They were what they are not any more. */
    private void turned(DirectoryClient client, DirectoryUser user) {
        if (user.active()) {
            members.restore(client, user);
        } else {
            members.deprovision(client, user);
        }
        accounts.soon(client);
    }

    private DirectoryUser saved(DirectoryUser before, Draft draft, boolean pending, Instant now) {
        try {
            return store.save(before, draft, pending, now);
        } catch (DuplicateKeyException _) {
            throw ScimRefusal.USER_NAME_TAKEN.thrown();
        }
    }

    /** Answers false if there is no such user. */
    boolean remove(DirectoryClient client, UUID id) {
        Optional<DirectoryUser> found = store.lock(client.directory(), id);
        found.ifPresent(user -> {
            Instant now = clock.instant();
            members.deprovision(client, user);
            store.remove(id, now);
            accounts.soon(client);
            audit.append(event(DirectoryAction.DIRECTORY_USER_REMOVE, client, user)
                    .change(redactor.redact(user.forEvent()), Redacted.EMPTY));
        });
        return found.isPresent();
    }

    private AuditEvent event(DirectoryAction action, DirectoryClient client, DirectoryUser user) {
        return AuditEvent.of(action, new Target("directory-user", user.id()))
                .metadata(redactor.redact(
                        Json.object("directoryId", client.directory().value())));
    }
}
