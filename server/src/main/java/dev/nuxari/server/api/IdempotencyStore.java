package dev.nuxari.server.api;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.server.api.Idempotency.Known;
import dev.nuxari.server.api.Idempotency.Reply;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.stereotype.Repository;

@Repository
class IdempotencyStore {
    private final OrganizationJdbc jdbc;

    IdempotencyStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    void forgetBefore(MemberId member, Instant cutoff) {
        jdbc.sql("""
                DELETE FROM idempotency_key
                WHERE organization_id = :organizationId AND member_id = :member AND created_at < :cutoff
                """).param("member", member.value()).param("cutoff", cutoff).update();
    }

    /** Answers whether the key was free. */
    boolean claim(MemberId member, String key, String requestHash, Instant now) {
        return jdbc.sql("""
                INSERT INTO idempotency_key (organization_id, member_id, key, request_hash, state, created_at)
                VALUES (:organizationId, :member, :key, :hash, 'in-progress', :now)
                ON CONFLICT (organization_id, member_id, key) DO NOTHING
                """)
                        .param("member", member.value())
                        .param("key", key)
                        .param("hash", requestHash)
                        .param("now", now)
                        .update()
                == 1;
    }

    Optional<Known> find(MemberId member, String key) {
        return jdbc.sql("""
                SELECT request_hash, created_at, status, content_type, location, etag, body
                FROM idempotency_key
                WHERE organization_id = :organizationId AND member_id = :member AND key = :key
                FOR UPDATE
                """).param("member", member.value()).param("key", key).optional((row, _) -> known(row));
    }

    /** Takes over a key whose first owner has died. */
    void reclaim(MemberId member, String key, Instant now) {
        jdbc.sql("""
                UPDATE idempotency_key SET created_at = :now
                WHERE organization_id = :organizationId AND member_id = :member AND key = :key
                """)
                .param("member", member.value())
                .param("key", key)
                .param("now", now)
                .update();
    }

    void complete(MemberId member, String key, Reply reply) {
        jdbc.sql("""
                UPDATE idempotency_key
                SET state = 'completed', status = :status, content_type = :contentType, location = :location,
                    etag = :etag, body = :body
                WHERE organization_id = :organizationId AND member_id = :member AND key = :key
                """)
                .param("member", member.value())
                .param("key", key)
                .param("status", reply.status())
                .param("contentType", reply.contentType())
                .param("location", reply.location())
                .param("etag", reply.eTag())
                .param("body", reply.body())
                .update();
    }

    void release(MemberId member, String key) {
        jdbc.sql("""
                DELETE FROM idempotency_key
                WHERE organization_id = :organizationId AND member_id = :member AND key = :key AND state = 'in-progress'
                """).param("member", member.value()).param("key", key).update();
    }

    private static Known known(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        Reply reply = row.wasNull()
                ? null
                : new Reply(
                        status,
                        row.getString("content_type"),
                        row.getString("location"),
                        row.getString("etag"),
                        row.getBytes("body"));
        return new Known(
                row.getString("request_hash"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                reply);
    }
}
