package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.access.Sighting.SeenAccount;
import dev.nuxari.server.access.Sighting.SeenAssignment;
import dev.nuxari.server.access.Sighting.SeenEntitlement;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Writes what was seen into accounts, catalogue and observed book, each in one statement. The caller holds the lock of the
 * books.
 *
 * <p>{@code lookedFrom} is when the look began: what a workflow saw or did since is newer, and stays.
 */
@Repository
class SightingStore {
    private final OrganizationJdbc jdbc;

    SightingStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    void saveAccounts(ConnectorId connector, Collection<SeenAccount> accounts, Instant lookedFrom) {
        jdbc.sql("""
                INSERT INTO account
                    (organization_id, connector_id, native_id, display_name, email, state, state_seen_at)
                SELECT :organizationId, :connector, native_id, display_name, email, state, :lookedFrom
                FROM unnest(:nativeIds::text[], :displayNames::text[], :emails::text[], :states::text[])
                    AS seen (native_id, display_name, email, state)
                ON CONFLICT (organization_id, connector_id, native_id)
                DO UPDATE SET display_name = excluded.display_name, email = excluded.email,
                    state = CASE WHEN account.state_seen_at > :lookedFrom THEN account.state ELSE excluded.state END
                WHERE (account.display_name, account.email, account.state)
                    IS DISTINCT FROM (excluded.display_name, excluded.email, excluded.state)
                """)
                .param("connector", connector.value())
                .param("lookedFrom", lookedFrom)
                .param("nativeIds", texts(accounts, SeenAccount::nativeId))
                .param("displayNames", redacted(accounts, SeenAccount::displayName))
                .param("emails", redacted(accounts, SeenAccount::email))
                .param("states", texts(accounts, account -> Spelling.of(state(account))))
                .update();
        jdbc.sql("""
                UPDATE account
                SET state = 'absent'
                WHERE organization_id = :organizationId AND connector_id = :connector AND state <> 'absent'
                    AND state_seen_at <= :lookedFrom
                    AND NOT EXISTS (SELECT FROM unnest(:nativeIds::text[]) AS seen (native_id)
                                    WHERE seen.native_id = account.native_id)
                """)
                .param("connector", connector.value())
                .param("lookedFrom", lookedFrom)
                .param("nativeIds", texts(accounts, SeenAccount::nativeId))
                .update();
    }

    /** New ones get the risk that {@link RiskRule} gives; the risk of the others is left to people. */
    void saveEntitlements(ConnectorId connector, Collection<SeenEntitlement> entitlements) {
        jdbc.sql("""
                INSERT INTO entitlement (organization_id, connector_id, kind, native_id, name, description, risk)
                SELECT :organizationId, :connector, kind, native_id, name, description, risk
                FROM unnest(:kinds::text[], :nativeIds::text[], :names::text[], :descriptions::text[], :risks::text[])
                    AS seen (kind, native_id, name, description, risk)
                ON CONFLICT (organization_id, connector_id, kind, native_id)
                DO UPDATE SET name = excluded.name, present = true,
                    description = CASE WHEN entitlement.described_by_hand THEN entitlement.description
                                  ELSE excluded.description END
                """)
                .param("connector", connector.value())
                .param("kinds", texts(entitlements, seen -> seen.key().kind()))
                .param("nativeIds", texts(entitlements, seen -> seen.key().nativeId()))
                .param("names", redacted(entitlements, SeenEntitlement::name))
                .param("descriptions", redacted(entitlements, SeenEntitlement::description))
                .param("risks", texts(entitlements, SightingStore::risk))
                .update();
        jdbc.sql("""
                UPDATE entitlement
                SET present = false
                WHERE organization_id = :organizationId AND connector_id = :connector AND present
                    AND NOT EXISTS (SELECT FROM unnest(:kinds::text[], :nativeIds::text[]) AS seen (kind, native_id)
                                    WHERE seen.kind = entitlement.kind AND seen.native_id = entitlement.native_id)
                """)
                .param("connector", connector.value())
                .param("kinds", texts(entitlements, seen -> seen.key().kind()))
                .param("nativeIds", texts(entitlements, seen -> seen.key().nativeId()))
                .update();
    }

    /** What is held still keeps the time since when. */
    void saveAssignments(ConnectorId connector, Collection<SeenAssignment> assignments, Instant lookedFrom) {
        jdbc.sql("""
                WITH seen AS (
                    SELECT a.account_id, e.entitlement_id
                    FROM unnest(:accounts::text[], :kinds::text[], :entitlements::text[])
                        AS pair (native_account, kind, native_entitlement)
                    JOIN account a
                        ON a.organization_id = :organizationId AND a.connector_id = :connector
                            AND a.native_id = pair.native_account
                    JOIN entitlement e
                        ON e.organization_id = :organizationId AND e.connector_id = :connector
                            AND e.kind = pair.kind AND e.native_id = pair.native_entitlement
                ), newer AS (
                    SELECT account_id, entitlement_id
                    FROM look
                    WHERE organization_id = :organizationId AND at >= :lookedFrom
                ), gone AS (
                    DELETE FROM observed_assignment o
                    WHERE o.organization_id = :organizationId AND o.connector_id = :connector
                        AND NOT EXISTS (SELECT FROM seen
                                        WHERE seen.account_id = o.account_id
                                            AND seen.entitlement_id = o.entitlement_id)
                        AND NOT EXISTS (SELECT FROM newer
                                        WHERE newer.account_id = o.account_id
                                            AND newer.entitlement_id = o.entitlement_id)
                )
                INSERT INTO observed_assignment (organization_id, account_id, entitlement_id, connector_id, since)
                SELECT :organizationId, seen.account_id, seen.entitlement_id, :connector, :lookedFrom
                FROM seen
                WHERE NOT EXISTS (SELECT FROM newer
                                  WHERE newer.account_id = seen.account_id
                                      AND newer.entitlement_id = seen.entitlement_id)
                ON CONFLICT DO NOTHING
                """)
                .param("connector", connector.value())
                .param("lookedFrom", lookedFrom)
                .param("accounts", texts(assignments, SeenAssignment::account))
                .param("kinds", texts(assignments, seen -> seen.entitlement().kind()))
                .param(
                        "entitlements",
                        texts(assignments, seen -> seen.entitlement().nativeId()))
                .update();
    }

    /** What a workflow saw of one assignment. */
    void saveLook(Account account, Entitlement entitlement, boolean held, Instant at) {
        jdbc.sql("""
                INSERT INTO look (organization_id, account_id, entitlement_id, at, held)
                VALUES (:organizationId, :account, :entitlement, :at, :held)
                ON CONFLICT DO NOTHING
                """)
                .param("account", account.id().value())
                .param("entitlement", entitlement.id().value())
                .param("at", at)
                .param("held", held)
                .update();
        if (held) {
            addObserved(account, entitlement, at);
        } else {
            removeObserved(account, entitlement);
        }
    }

    void saveDisabled(Account account, Instant at) {
        jdbc.sql("""
                UPDATE account
                SET state = 'disabled', state_seen_at = :at
                WHERE organization_id = :organizationId AND account_id = :account
                """).param("at", at).param("account", account.id().value()).update();
    }

    private void addObserved(Account account, Entitlement entitlement, Instant at) {
        jdbc.sql("""
                INSERT INTO observed_assignment (organization_id, account_id, entitlement_id, connector_id, since)
                VALUES (:organizationId, :account, :entitlement, :connector, :at)
                ON CONFLICT DO NOTHING
                """)
                .param("account", account.id().value())
                .param("entitlement", entitlement.id().value())
                .param("connector", account.connector().value())
                .param("at", at)
                .update();
    }

    private void removeObserved(Account account, Entitlement entitlement) {
        jdbc.sql("""
                DELETE FROM observed_assignment
                WHERE organization_id = :organizationId AND account_id = :account AND entitlement_id = :entitlement
                """)
                .param("account", account.id().value())
                .param("entitlement", entitlement.id().value())
                .update();
    }

    private static Account.State state(SeenAccount account) {
        return account.enabled() ? Account.State.ENABLED : Account.State.DISABLED;
    }

    private static String risk(SeenEntitlement seen) {
        Sighting.Key key = seen.key();
        return Spelling.of(RiskRule.of(key.kind(), key.nativeId(), seen.name().text()));
    }

    private static <T> @Nullable String[] redacted(Collection<T> seen, Function<T, @Nullable RedactedText> column) {
        return seen.stream()
                .map(column)
                .map(text -> text == null ? null : text.text())
                .toArray(String[]::new);
    }

    private static <T> @Nullable String[] texts(Collection<T> seen, Function<T, @Nullable String> column) {
        return seen.stream().map(column).toArray(String[]::new);
    }
}
