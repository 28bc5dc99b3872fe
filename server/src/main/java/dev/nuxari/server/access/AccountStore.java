package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

@Repository
class AccountStore {
    private final OrganizationJdbc jdbc;

    AccountStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The rows after a key, in order of names.
     *
     * @param viewer the address whose accounts are {@code mine}
     */
    List<Account> list(AccountFilter filter, String viewer, NameKey after, int limit) {
        ConnectorId connector = filter.connector();
        return jdbc.sql("""
                SELECT account_id, connector_id, native_id, display_name, email, state
                FROM account
                WHERE organization_id = :organizationId
                    AND (display_name, account_id) > (:afterName, :afterId)
                    AND (:connector::uuid IS NULL OR connector_id = :connector)
                    AND (NOT :mine OR lower(email) = lower(:viewer))
                    AND (:pattern::text IS NULL OR display_name ILIKE :pattern OR email ILIKE :pattern
                        OR native_id ILIKE :pattern)
                ORDER BY display_name, account_id
                LIMIT :limit
                """)
                .param("afterName", after.name())
                .param("afterId", after.id())
                .param("connector", connector == null ? null : connector.value())
                .param("mine", filter.mine())
                .param("viewer", viewer)
                .param("pattern", Like.containing(filter.query()))
                .param("limit", limit)
                .list((row, _) -> account(row));
    }

    Optional<Account> find(AccountId id) {
        return jdbc.sql("""
                SELECT account_id, connector_id, native_id, display_name, email, state
                FROM account
                WHERE organization_id = :organizationId AND account_id = :id
                """).param("id", id.value()).optional((row, _) -> account(row));
    }

    Optional<Account> named(ConnectorId connector, String nativeId) {
        return jdbc.sql("""
                SELECT account_id, connector_id, native_id, display_name, email, state
                FROM account
                WHERE organization_id = :organizationId AND connector_id = :connector AND native_id = :nativeId
                """)
                .param("connector", connector.value())
                .param("nativeId", nativeId)
                .optional((row, _) -> account(row));
    }

    /** The accounts of whoever has this address in one system, those that vanished not among them. */
    List<Account> of(String address, ConnectorId connector) {
        return jdbc.sql("""
                SELECT account_id, connector_id, native_id, display_name, email, state
                FROM account
                WHERE organization_id = :organizationId AND connector_id = :connector
                    AND lower(email) = lower(:address) AND state <> 'absent'
                ORDER BY native_id
                """)
                .param("connector", connector.value())
                .param("address", address)
                .list((row, _) -> account(row));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new AccountId(row.getObject("account_id", UUID.class)),
                new ConnectorId(row.getObject("connector_id", UUID.class)),
                row.getString("native_id"),
                row.getString("display_name"),
                row.getString("email"),
                Spelling.parse(Account.State.class, row.getString("state")));
    }
}
