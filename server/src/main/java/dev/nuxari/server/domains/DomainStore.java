package dev.nuxari.server.domains;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.domains.Domain.Check;
import dev.nuxari.server.domains.Domain.Facts;
import dev.nuxari.server.domains.Domain.Pending;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.identity.EmailDomain;
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
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

@Repository
class DomainStore {
    private final OrganizationJdbc jdbc;

    DomainStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. */
    List<Domain> list(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT domain_id, domain, token, state, added_at, verified_at, failing_since, lapsed_at, checked_at,
                       check_outcome
                FROM organization_domain
                WHERE organization_id = :organizationId AND (CAST(:before AS uuid) IS NULL OR domain_id < :before)
                ORDER BY domain_id DESC
                LIMIT :limit
                """).param("before", before).param("limit", limit).list((row, _) -> domain(row));
    }

    Optional<Domain> find(DomainId id) {
        return jdbc.sql("""
                SELECT domain_id, domain, token, state, added_at, verified_at, failing_since, lapsed_at, checked_at,
                       check_outcome
                FROM organization_domain
                WHERE organization_id = :organizationId AND domain_id = :id
                """).param("id", id.value()).optional((row, _) -> domain(row));
    }

    /** Locks the row until the scope closes: what one look has found is put on top of what the last one did. */
    Optional<Domain> lock(DomainId id) {
        return jdbc.sql("""
                SELECT domain_id, domain, token, state, added_at, verified_at, failing_since, lapsed_at, checked_at,
                       check_outcome
                FROM organization_domain
                WHERE organization_id = :organizationId AND domain_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).optional((row, _) -> domain(row));
    }

    boolean has(EmailDomain domain) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM organization_domain
                               WHERE organization_id = :organizationId AND domain = :domain)
                """).param("domain", domain.name()).single((row, _) -> row.getBoolean(1));
    }

    boolean isVerified(EmailDomain domain) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM organization_domain
                               WHERE organization_id = :organizationId AND domain = :domain AND state = 'verified')
                """).param("domain", domain.name()).single((row, _) -> row.getBoolean(1));
    }

    /** Answers whether there was room for it, and it was not there before. */
    boolean add(Pending added, Instant nextCheckAt) {
        Facts facts = added.facts();
        return jdbc.sql("""
                INSERT INTO organization_domain (organization_id, domain_id, domain, token, state, added_at, next_check_at)
                VALUES (:organizationId, :id, :domain, :token, 'pending', :at, :next)
                ON CONFLICT (organization_id, domain) DO NOTHING
                """)
                        .param("id", facts.id().value())
                        .param("domain", facts.challenge().domain().name())
                        .param("token", facts.challenge().token())
                        .param("at", facts.addedAt())
                        .param("next", nextCheckAt)
                        .update()
                == 1;
    }

    /** Whether it is time for another look; if so, the next one has to wait until then. Of two who ask at once, one may. */
    boolean takeTurn(DomainId id, Instant now, Instant next) {
        return jdbc.sql("""
                UPDATE organization_domain SET next_check_at = :next
                WHERE organization_id = :organizationId AND domain_id = :id AND next_check_at <= :now
                """)
                        .param("id", id.value())
                        .param("now", now)
                        .param("next", next)
                        .update()
                == 1;
    }

    /**
     * Saves what a look has come to.
     *
     * @throws DuplicateKeyException if the domain is verified for somebody else; nothing else of this scope can be kept then
     */
    void save(Domain domain) {
        Check check = Objects.requireNonNull(domain.facts().lastCheck());
        Verified verified = domain instanceof Verified now ? now : null;
        jdbc.sql("""
                UPDATE organization_domain
                SET state = :state, verified_at = :verifiedAt, failing_since = :failingSince, lapsed_at = :lapsedAt,
                    checked_at = :checkedAt, check_outcome = :outcome
                WHERE organization_id = :organizationId AND domain_id = :id
                """)
                .param("id", domain.facts().id().value())
                .param("state", verified == null ? "pending" : "verified")
                .param("verifiedAt", verified == null ? null : verified.verifiedAt())
                .param("failingSince", verified == null ? null : verified.failingSince())
                .param("lapsedAt", domain instanceof Pending pending ? pending.lapsedAt() : null)
                .param("checkedAt", check.at())
                .param("outcome", check.outcome())
                .update();
    }

    void remove(DomainId id) {
        jdbc.sql("DELETE FROM organization_domain WHERE organization_id = :organizationId AND domain_id = :id")
                .param("id", id.value())
                .update();
    }

    private static Domain domain(ResultSet row) throws SQLException {
        Facts facts = new Facts(
                new DomainId(row.getObject("domain_id", UUID.class)),
                new Challenge(new EmailDomain(row.getString("domain")), row.getString("token")),
                Objects.requireNonNull(instant(row, "added_at")),
                check(row));
        return switch (row.getString("state")) {
            case "pending" -> new Pending(facts, instant(row, "lapsed_at"));
            case "verified" ->
                new Verified(facts, Objects.requireNonNull(instant(row, "verified_at")), instant(row, "failing_since"));
            default -> throw new IllegalStateException("a domain has the state " + row.getString("state"));
        };
    }

    private static @Nullable Check check(ResultSet row) throws SQLException {
        Instant at = instant(row, "checked_at");
        return at == null ? null : new Check(at, Spelling.parse(CheckOutcome.class, row.getString("check_outcome")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
