package dev.nuxari.server.invites;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.EmailAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invitation.
 *
 * @param invitedBy who answers for it: whoever sent it last
 * @param subject the account at the broker that it is for; null as long as nobody has opened the link
 * @param settledAt when it ended; null while it is open
 */
record Invite(
        InviteId id,
        EmailAddress email,
        Role role,
        Stored stored,
        MemberId invitedBy,
        Instant invitedAt,
        Instant expiresAt,
        Delivery delivery,
        @Nullable String subject,
        @Nullable Instant settledAt) {
    /** How it is kept. That it has expired, its date says. */
    enum Stored {
        OPEN,
        ACCEPTED,
        REVOKED,
        /** It had expired, and there is another one for the same address. */
        REPLACED
    }

    /** What it is at a time. */
    enum State {
        OPEN,
        EXPIRED,
        ACCEPTED,
        REVOKED
    }

    enum DeliveryState {
        WAITING,
        SENT,
        FAILING
    }

    /** Why a mail was not taken; the spelling is the one of {@code Posting}. */
    enum DeliveryFailure {
        NOT_CONFIGURED,
        NO_CONNECTION,
        NOT_ACCEPTED,
        ADDRESS_REFUSED
    }

    /**
     * Where the mail is.
     *
     * @param mailing names this mail; the next one has another name
     * @param queuedAt when it was to be sent
     * @param triedAt when it was last tried
     */
    record Delivery(
            UUID mailing,
            DeliveryState state,
            Instant queuedAt,
            int attempts,
            @Nullable Instant triedAt,
            @Nullable DeliveryFailure failure) {
        static Delivery waiting(UUID mailing, Instant now) {
            return new Delivery(mailing, DeliveryState.WAITING, now, 0, null, null);
        }
    }

    State stateAt(Instant now) {
        return switch (stored) {
            case ACCEPTED -> State.ACCEPTED;
            case REVOKED -> State.REVOKED;
            case REPLACED -> State.EXPIRED;
            case OPEN -> now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
        };
    }

    /** What the audit log says of it. The address is left out, as members' are. */
    Json.Obj forEvent() {
        return Json.object("role", role, "state", stored, "expiresAt", expiresAt);
    }
}
