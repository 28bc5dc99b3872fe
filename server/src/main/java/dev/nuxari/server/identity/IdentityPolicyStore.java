package dev.nuxari.server.identity;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.springframework.stereotype.Repository;

@Repository
class IdentityPolicyStore {
    private final OrganizationJdbc jdbc;

    IdentityPolicyStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    IdentityPolicy find() {
        return jdbc.sql("""
                SELECT email_domain_allowlist, version FROM identity_policy WHERE organization_id = :organizationId
                """).single((row, _) -> policy(row));
    }

    /** Locks the row until the scope closes: two changes of one version cannot both be the next one. */
    IdentityPolicy lock() {
        return jdbc.sql("""
                SELECT email_domain_allowlist, version
                FROM identity_policy
                WHERE organization_id = :organizationId
                FOR NO KEY UPDATE
                """).single((row, _) -> policy(row));
    }

    void save(IdentityPolicy policy) {
        jdbc.sql("""
                UPDATE identity_policy
                SET email_domain_allowlist = CAST(:domains AS text[]), version = :version
                WHERE organization_id = :organizationId
                """)
                .param("domains", policy.emailDomainAllowlist().names().toArray(String[]::new))
                .param("version", policy.version())
                .update();
    }

    private static IdentityPolicy policy(ResultSet row) throws SQLException {
        Array domains = row.getArray("email_domain_allowlist");
        return new IdentityPolicy(
                EmailDomains.of(Stream.of((String[]) domains.getArray())
                        .map(EmailDomain::new)
                        .toList()),
                row.getInt("version"));
    }
}
