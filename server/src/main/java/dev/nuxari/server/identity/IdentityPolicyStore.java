package dev.nuxari.server.identity;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.Network;
import dev.nuxari.server.api.Networks;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class IdentityPolicyStore {
    private final OrganizationJdbc jdbc;

    IdentityPolicyStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    IdentityPolicy find() {
        return jdbc.sql("""
                SELECT email_domain_allowlist, mfa_required, login_methods, CAST(ip_allowlist AS text[]) AS ip_allowlist,
                    CAST(extract(epoch FROM invite_ttl) AS bigint) AS invite_ttl,
                    CAST(extract(epoch FROM session_max_age) AS bigint) AS session_max_age,
                    CAST(extract(epoch FROM idle_timeout) AS bigint) AS idle_timeout,
                    CAST(extract(epoch FROM step_up_age) AS bigint) AS step_up_age, version
                FROM identity_policy
                WHERE organization_id = :organizationId
                """).single((row, _) -> policy(row));
    }

    /** Locks the row until the scope closes: two changes of one version cannot both be the next one. */
    IdentityPolicy lock() {
        jdbc.sql("""
                SELECT version FROM identity_policy WHERE organization_id = :organizationId FOR NO KEY UPDATE
                """).single((row, _) -> row.getInt("version"));
        return find();
    }

    void save(IdentityPolicy policy) {
        EntryTerms terms = policy.terms();
        jdbc.sql("""
                UPDATE identity_policy
                SET email_domain_allowlist = CAST(:domains AS text[]), mfa_required = :mfaRequired,
                    login_methods = CAST(:loginMethods AS text[]), ip_allowlist = CAST(CAST(:networks AS text[]) AS cidr[]),
                    invite_ttl = make_interval(secs => :inviteTtl), session_max_age = make_interval(secs => :sessionMaxAge),
                    idle_timeout = make_interval(secs => :idleTimeout),
                    step_up_age = make_interval(secs => CAST(:stepUpAge AS bigint)), version = :version
                WHERE organization_id = :organizationId
                """)
                .param("domains", policy.emailDomainAllowlist().names().toArray(String[]::new))
                .param("mfaRequired", Spelling.of(terms.mfaRequired()))
                .param("loginMethods", terms.methodNames().toArray(String[]::new))
                .param("networks", terms.ipAllowlist().names().toArray(String[]::new))
                .param("inviteTtl", policy.inviteTtl().toSeconds())
                .param("sessionMaxAge", terms.sessionMaxAge().toSeconds())
                .param("idleTimeout", terms.idleTimeout().toSeconds())
                .param("stepUpAge", seconds(terms.stepUpAge()))
                .param("version", policy.version())
                .update();
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private static IdentityPolicy policy(ResultSet row) throws SQLException {
        long stepUpAge = row.getLong("step_up_age");
        var terms = new EntryTerms(
                Spelling.parse(MfaRequired.class, row.getString("mfa_required")),
                EnumSet.copyOf(texts(row, "login_methods").stream()
                        .map(method -> Spelling.parse(LoginMethod.class, method))
                        .toList()),
                Networks.of(
                        texts(row, "ip_allowlist").stream().map(Network::parse).toList()),
                Duration.ofSeconds(row.getLong("session_max_age")),
                Duration.ofSeconds(row.getLong("idle_timeout")),
                stepUpAge == 0 ? null : Duration.ofSeconds(stepUpAge));
        return new IdentityPolicy(
                EmailDomains.of(texts(row, "email_domain_allowlist").stream()
                        .map(EmailDomain::new)
                        .toList()),
                terms,
                Duration.ofSeconds(row.getLong("invite_ttl")),
                row.getInt("version"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
