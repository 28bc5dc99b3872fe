package dev.nuxari.server.invites;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.invites.Invite.Delivery;
import dev.nuxari.server.invites.Invite.DeliveryFailure;
import dev.nuxari.server.invites.Invite.DeliveryState;
import dev.nuxari.server.invites.Invite.Stored;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class InviteStore {
    private final OrganizationJdbc jdbc;

    InviteStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first, without those that another one has replaced. */
    List<Invite> list(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT invite_id, email, role, state, invited_by, invited_at, expires_at, mailing, delivery, queued_at, attempts,
                       tried_at, failure, subject, settled_at
                FROM invite
                WHERE organization_id = :organizationId AND state <> 'replaced'
                  AND (CAST(:before AS uuid) IS NULL OR invite_id < :before)
                ORDER BY invite_id DESC
                LIMIT :limit
                """).param("before", before).param("limit", limit).list((row, _) -> invite(row));
    }

    Optional<Invite> find(InviteId id) {
        return jdbc.sql("""
                SELECT invite_id, email, role, state, invited_by, invited_at, expires_at, mailing, delivery, queued_at, attempts,
                       tried_at, failure, subject, settled_at
                FROM invite
                WHERE organization_id = :organizationId AND invite_id = :id
                """).param("id", id.value()).optional((row, _) -> invite(row));
    }

    Optional<Invite> findByHash(String hash) {
        return jdbc.sql("""
                SELECT invite_id, email, role, state, invited_by, invited_at, expires_at, mailing, delivery, queued_at, attempts,
                       tried_at, failure, subject, settled_at
                FROM invite
                WHERE organization_id = :organizationId AND token_hash = :hash
                """).param("hash", hash).optional((row, _) -> invite(row));
    }

    /** Locks the row until the scope closes. */
    Optional<Invite> lock(InviteId id) {
        return jdbc.sql("""
                SELECT invite_id, email, role, state, invited_by, invited_at, expires_at, mailing, delivery, queued_at, attempts,
                       tried_at, failure, subject, settled_at
                FROM invite
                WHERE organization_id = :organizationId AND invite_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).optional((row, _) -> invite(row));
    }

    /** The same, if the token still opens it: of those who wait here with one token, the first one uses it up. */
    Optional<Invite> lock(InviteId id, String hash) {
        return jdbc.sql("""
                SELECT invite_id, email, role, state, invited_by, invited_at, expires_at, mailing, delivery, queued_at, attempts,
                       tried_at, failure, subject, settled_at
                FROM invite
                WHERE organization_id = :organizationId AND invite_id = :id AND token_hash = :hash
                FOR NO KEY UPDATE
                """).param("id", id.value()).param("hash", hash).optional((row, _) -> invite(row));
    }

    /** The open one whose mail has that name. */
    Optional<Invite> lockMailing(UUID mailing) {
        return jdbc.sql("""
                SELECT invite_id, email, role, state, invited_by, invited_at, expires_at, mailing, delivery, queued_at, attempts,
                       tried_at, failure, subject, settled_at
                FROM invite
                WHERE organization_id = :organizationId AND mailing = :mailing AND state = 'open'
                FOR NO KEY UPDATE
                """).param("mailing", mailing).optional((row, _) -> invite(row));
    }

    /** The address is free for another invitation if the open one has expired. */
    void replaceExpired(EmailAddress email, Instant now) {
        jdbc.sql("""
                UPDATE invite SET state = 'replaced', token_hash = NULL, settled_at = :now
                WHERE organization_id = :organizationId AND lower(email) = lower(CAST(:email AS text))
                  AND state = 'open' AND expires_at <= :now
                """).param("email", email.canonical()).param("now", now).update();
    }

    boolean hasOpen(EmailAddress email) {
        return jdbc.sql("""
                SELECT EXISTS (
                    SELECT FROM invite
                    WHERE organization_id = :organizationId AND state = 'open'
                      AND lower(email) = lower(CAST(:email AS text))) AS found
                """).param("email", email.canonical()).single((row, _) -> row.getBoolean("found"));
    }

    /** Answers whether there was none for the address, and not too many were sent lately. */
    boolean add(Invite added) {
        return jdbc.sql("""
                INSERT INTO invite (organization_id, invite_id, email, role, state, invited_by, invited_at, expires_at, mailing,
                                    delivery, queued_at)
                VALUES (:organizationId, :id, :email, :role, 'open', :by, :at, :expires, :mailing, 'waiting', :at)
                ON CONFLICT (organization_id, lower(email)) WHERE state = 'open' DO NOTHING
                """)
                        .param("id", added.id().value())
                        .param("email", added.email().canonical())
                        .param("role", added.role())
                        .param("by", added.invitedBy().value())
                        .param("at", added.invitedAt())
                        .param("expires", added.expiresAt())
                        .param("mailing", added.delivery().mailing())
                        .update()
                == 1;
    }

    /** From here on no token opens it, until the next mail is on its way. Answers whether not too many were sent lately. */
    boolean requeue(Invite again) {
        return jdbc.sql("""
                UPDATE invite
                SET token_hash = NULL, invited_by = :by, expires_at = :expires, mailing = :mailing, delivery = 'waiting',
                    queued_at = :queued, attempts = 0, tried_at = NULL, failure = NULL
                WHERE organization_id = :organizationId AND invite_id = :id
                """)
                        .param("id", again.id().value())
                        .param("by", again.invitedBy().value())
                        .param("expires", again.expiresAt())
                        .param("mailing", again.delivery().mailing())
                        .param("queued", again.delivery().queuedAt())
                        .update()
                == 1;
    }

    void revoke(InviteId id, MemberId by, Instant at) {
        jdbc.sql("""
                UPDATE invite SET state = 'revoked', token_hash = NULL, revoked_by = :by, settled_at = :at
                WHERE organization_id = :organizationId AND invite_id = :id
                """)
                .param("id", id.value())
                .param("by", by.value())
                .param("at", at)
                .update();
    }

    /** The token that the mail is about to carry opens it from now on; what an attempt before that carried does not. */
    void arm(UUID mailing, String hash, Instant at) {
        jdbc.sql("""
                UPDATE invite SET token_hash = :hash, attempts = attempts + 1, tried_at = :at
                WHERE organization_id = :organizationId AND mailing = :mailing
                """)
                .param("mailing", mailing)
                .param("hash", hash)
                .param("at", at)
                .update();
    }

    void delivered(UUID mailing, DeliveryState state, @Nullable DeliveryFailure failure) {
        jdbc.sql("""
                UPDATE invite SET delivery = :state, failure = :failure
                WHERE organization_id = :organizationId AND mailing = :mailing
                """)
                .param("mailing", mailing)
                .param("state", state)
                .param("failure", failure)
                .update();
    }

    /** Says which account it is for. Answers whether the token still opens it. */
    boolean bind(InviteId id, String hash, String subject) {
        return jdbc.sql("""
                UPDATE invite SET subject = :subject
                WHERE organization_id = :organizationId AND invite_id = :id AND token_hash = :hash
                """)
                        .param("id", id.value())
                        .param("hash", hash)
                        .param("subject", subject)
                        .update()
                == 1;
    }

    void accept(InviteId id, MemberId member, Instant at) {
        jdbc.sql("""
                UPDATE invite SET state = 'accepted', token_hash = NULL, accepted_by = :member, settled_at = :at
                WHERE organization_id = :organizationId AND invite_id = :id
                """)
                .param("id", id.value())
                .param("member", member.value())
                .param("at", at)
                .update();
    }

    private static Invite invite(ResultSet row) throws SQLException {
        return new Invite(
                new InviteId(row.getObject("invite_id", UUID.class)),
                EmailAddress.parse(row.getString("email")).orElseThrow(),
                Role.parse(row.getString("role")),
                Spelling.parse(Stored.class, row.getString("state")),
                new MemberId(row.getObject("invited_by", UUID.class)),
                instant(row, "invited_at"),
                instant(row, "expires_at"),
                delivery(row),
                row.getString("subject"),
                optionalInstant(row, "settled_at"));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        String failure = row.getString("failure");
        return new Delivery(
                row.getObject("mailing", UUID.class),
                Spelling.parse(DeliveryState.class, row.getString("delivery")),
                instant(row, "queued_at"),
                row.getInt("attempts"),
                optionalInstant(row, "tried_at"),
                failure == null ? null : Spelling.parse(DeliveryFailure.class, failure));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(optionalInstant(row, column));
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
