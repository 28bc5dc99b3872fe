package dev.nuxari.server.tenancy;

import static dev.nuxari.server.tenancy.Catalogue.namesIn;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every table, also for the one that is added tomorrow. */
class DatabaseWallsTest {
    private static final String SCOPE = "(organization_id = ( SELECT current_organization() AS current_organization))";

    /** The same for whoever holds a share link too. */
    private static final String REACHED_SCOPE =
            "(organization_id = ( SELECT reachable_organization() AS reachable_organization))";

    /** The one that a function has compared with the sealed scope, before it does anything else. */
    private static final String COMPARED_SCOPE =
            "(organization_id = ( SELECT (current_setting('nuxari.organization_id'::text))::uuid AS current_setting))";

    /** The same for agents too, and not for links. */
    private static final String AGENTS_SCOPE =
            "(organization_id = ( SELECT agents_organization() AS agents_organization))";

    /** Tables of which agents reach what is their own. To links they are closed. */
    private static final List<String> REACHED_BY_AGENTS =
            List.of("agent", "agent_token", "agent_package", "agent_receipt", "agent_observation", "agent_cosignature");

    /** Tables of which links or agents reach something. Every other one is closed to them. */
    private static final List<String> REACHED_BY_LINKS = List.of(
            "organization",
            "share_link",
            "organization_key",
            "signing_key",
            "key_manifest",
            "audit_event",
            "audit_node",
            "audit_head",
            "audit_checkpoint",
            "evidence_package",
            "evidence_attestation");

    /** Policies that take from links what the one would give them. */
    private static final List<String> OF_LINKS = List.of(
            "share_link.shared *",
            "audit_event.shared *",
            "evidence_package.shared *",
            "evidence_attestation.shared *",
            "organization_key.shared a",
            "key_manifest.shared a",
            "signing_key.shared a");

    /** Policies that take from agents what the one would give them. */
    private static final List<String> OF_AGENTS = List.of(
            "agent.of_the_agent *",
            "agent_token.of_the_agent *",
            "agent_package.of_the_agent *",
            "agent_receipt.of_the_agent *",
            "agent_observation.of_the_agent *",
            "agent_cosignature.of_the_agent *",
            "organization.of_the_agent *",
            "share_link.of_the_agent *",
            "audit_event.of_the_agent *",
            "evidence_package.of_the_agent *",
            "evidence_attestation.of_the_agent *",
            "organization_key.of_the_agent a",
            "key_manifest.of_the_agent a",
            "signing_key.of_the_agent a");

    /** Tables that belong to no organization, and why. The server's role reaches none of them. */
    private static final Map<String, String> WITHOUT_ORGANIZATION = Map.of(
            "scope_key", "the secret of the seals: only the owner's functions read it",
            "door_key", "the key of the tickets: only the owner's functions read it",
            "scheduled_tasks", "due timers with opaque tickets: only the timers' role reads it",
            "flyway_schema_history", "which migrations have run: only the owner reads it");

    /** Policies besides the one, all of them for the owner's functions. */
    private static final Map<String, String> OF_THE_OWNER = Map.ofEntries(
            Map.entry("organization.door", "true"),
            Map.entry("member.door", "true"),
            Map.entry("identity_policy.door", "true"),
            Map.entry("invite.door", SCOPE),
            Map.entry("organization_domain.counting", SCOPE),
            Map.entry("share_link.door", "true"),
            Map.entry("agent.door", "true"),
            Map.entry("agent_token.door", "true"),
            Map.entry("agent_enrolment.judging", SCOPE),
            Map.entry("audit_event.appending", COMPARED_SCOPE),
            Map.entry("audit_node.appending", COMPARED_SCOPE),
            Map.entry("audit_head.appending", COMPARED_SCOPE),
            Map.entry("key_manifest.turning", REACHED_SCOPE),
            Map.entry("signing_key.forgetting", SCOPE),
            Map.entry("directory.judging", SCOPE),
            Map.entry("directory_user.judging", SCOPE),
            Map.entry("directory_group.judging", SCOPE),
            Map.entry("identity_provider.counting", SCOPE));

    /** The one that holds between organizations: a domain is verified for one of them. It says nothing of whose row it is. */
    private static final String BETWEEN_ORGANIZATIONS = "organization_domain_verified";

    private static final String OWNED = """
            SELECT pg_class.oid, relname, relrowsecurity, relforcerowsecurity
            FROM pg_class
            JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
            """;

    @Test
    @Claim({"T1", "T4"})
    void everyTableBelongsToAnOrganizationOrSaysWhyNot() {
        assertThat(namesIn("""
                SELECT relname
                FROM pg_class
                WHERE relkind IN ('r', 'p', 'f') AND relnamespace <> ALL (
                        ARRAY['pg_catalog', 'information_schema', 'pg_toast']::regnamespace[])
                  AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organization_id')
                """)).containsExactlyInAnyOrderElementsOf(WITHOUT_ORGANIZATION.keySet());
        WITHOUT_ORGANIZATION
                .keySet()
                .forEach(table ->
                        assertThat(namesIn("""
                        SELECT privilege
                        FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS privilege
                        WHERE has_any_column_privilege('nuxari_app', '%s', privilege)
                        """.formatted(table))).as(table).isEmpty());
    }

    @Test
    @Claim("T4")
    void thereIsOneSchemaAndNothingInItButTablesAndFunctions() {
        assertThat(namesIn("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'"))
                .containsExactlyInAnyOrder("public", "information_schema");
        assertThat(namesIn("""
                SELECT relname FROM pg_class WHERE relkind IN ('v', 'm', 'S', 'f', 'c') AND relnamespace = 'public'::regnamespace
                UNION ALL SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'
                UNION ALL SELECT fdwname FROM pg_foreign_data_wrapper
                UNION ALL SELECT srvname FROM pg_foreign_server
                UNION ALL SELECT evtname FROM pg_event_trigger
                UNION ALL SELECT pubname FROM pg_publication
                UNION ALL SELECT subname FROM pg_subscription
                UNION ALL SELECT stxname FROM pg_statistic_ext
                UNION ALL SELECT oprname FROM pg_operator WHERE oprnamespace = 'public'::regnamespace
                UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = 'public'
                UNION ALL SELECT oid::text FROM pg_largeobject_metadata
                """)).isEmpty();
    }

    @Test
    @Claim({"T1", "T4"})
    void everyOwnedTableIsBehindTheWall() {
        assertThat(namesIn("""
                SELECT relname FROM (%s) AS owned
                WHERE NOT relrowsecurity OR NOT relforcerowsecurity OR (
                    SELECT count(*) FROM pg_policy
                    WHERE polrelid = owned.oid AND polname = 'own_organization' AND polcmd = '*' AND polpermissive
                      AND polroles = ARRAY['nuxari_app'::regrole::oid]
                      AND pg_get_expr(polqual, polrelid) = CASE WHEN relname IN (%s) THEN '%s' WHEN relname IN (%s) THEN '%s' ELSE '%s' END
                      AND pg_get_expr(polwithcheck, polrelid) = pg_get_expr(polqual, polrelid)) <> 1
                """.formatted(
                                OWNED,
                                quoted(REACHED_BY_LINKS),
                                REACHED_SCOPE,
                                quoted(REACHED_BY_AGENTS),
                                AGENTS_SCOPE,
                                SCOPE)))
                .isEmpty();
    }

    @Test
    @Claim("T4")
    void otherPoliciesAreForTheOwnersFunctionsOnly() {
        assertThat(namesIn("""
                SELECT polrelid::regclass || '.' || polname || '=' || pg_get_expr(polqual, polrelid)
                FROM pg_policy
                WHERE polname <> 'own_organization' AND polroles = ARRAY['nuxari_owner'::regrole::oid]
                  AND pg_get_expr(polqual, polrelid) = pg_get_expr(polwithcheck, polrelid)
                """))
                .containsExactlyInAnyOrderElementsOf(OF_THE_OWNER.entrySet().stream()
                        .map(policy -> policy.getKey() + "=" + policy.getValue())
                        .toList());
        assertThat(
                        namesIn(
                                "SELECT count(*) FROM pg_policy WHERE polname NOT IN ('own_organization', 'shared', 'of_the_agent')"))
                .containsExactly("" + OF_THE_OWNER.size());
    }

    /** A restrictive policy takes away and gives nothing; for members and the server it does not even take. */
    @Test
    @Claim("T4")
    void policiesOfLinksOnlyTakeAway() {
        assertThat(namesIn("""
                SELECT polrelid::regclass || '.' || polname || ' ' || polcmd::text
                FROM pg_policy
                WHERE polname = 'shared' AND NOT polpermissive AND polroles = ARRAY['nuxari_app'::regrole::oid]
                  AND coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
                      LIKE '(%( SELECT current_share() AS current_share) IS NULL)%'
                """)).containsExactlyInAnyOrderElementsOf(OF_LINKS);
        assertThat(namesIn("SELECT count(*) FROM pg_policy WHERE polname = 'shared'"))
                .containsExactly("" + OF_LINKS.size());
    }

    @Test
    @Claim({"T4", "E2"})
    void policiesOfAgentsOnlyTakeAway() {
        assertThat(namesIn("""
                SELECT polrelid::regclass || '.' || polname || ' ' || polcmd::text
                FROM pg_policy
                WHERE polname = 'of_the_agent' AND NOT polpermissive AND polroles = ARRAY['nuxari_app'::regrole::oid]
                  AND coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
                      LIKE '(%( SELECT current_agent() AS current_agent) IS NULL)%'
                """)).containsExactlyInAnyOrderElementsOf(OF_AGENTS);
        assertThat(namesIn("SELECT count(*) FROM pg_policy WHERE polname = 'of_the_agent'"))
                .containsExactly("" + OF_AGENTS.size());
    }

    private static String quoted(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }

    @Test
    @Claim("T1")
    void everyRowNamesItsOrganization() {
        assertThat(namesIn("""
                SELECT relname FROM (%s) AS owned
                WHERE NOT EXISTS (SELECT FROM pg_attribute
                                  WHERE attrelid = owned.oid AND attname = 'organization_id' AND attnotnull
                                    AND atttypid = 'uuid'::regtype AND NOT atthasdef)
                   OR NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = owned.oid AND contype = 'p')
                   OR relname <> 'organization'
                      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = owned.oid AND contype = 'f')
                """.formatted(OWNED))).isEmpty();
    }

    @Test
    @Claim("T1")
    void everyKeyAndIndexBeginsWithTheOrganization() {
        assertThat(namesIn("""
                SELECT indexrelid::regclass
                FROM pg_index
                JOIN (%s) AS owned ON owned.oid = indrelid
                WHERE indkey[0] <> (SELECT attnum FROM pg_attribute
                                    WHERE attrelid = indrelid AND attname = 'organization_id')
                """.formatted(OWNED))).containsExactly(BETWEEN_ORGANIZATIONS);
    }

    @Test
    @Claim("T1")
    void everyReferenceStaysWithinTheOrganization() {
        assertThat(namesIn("""
                SELECT conname
                FROM pg_constraint
                WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND (
                    conkey[1] <> (SELECT attnum FROM pg_attribute
                                  WHERE attrelid = conrelid AND attname = 'organization_id')
                    OR confkey[1] <> (SELECT attnum FROM pg_attribute
                                      WHERE attrelid = confrelid AND attname = 'organization_id')
                    OR confrelid NOT IN (SELECT oid FROM (%s) AS owned)
                    OR NOT convalidated OR NOT conenforced)
                """.formatted(OWNED))).isEmpty();
    }

    /** The owner's policies on the log's tables rest on it: see {@code V240__log_speed.sql}. */
    @Test
    @Claim("T1")
    void whatReachesTheLogAsItsOwnerHasComparedTheScopeBefore() {
        assertThat(namesIn("""
                SELECT proname
                FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prosecdef AND prosrc ~ '(audit_event|audit_node|audit_head)\\M'
                """))
                .containsExactlyInAnyOrder("append_audit_events", "lock_audit_head", "audit_leaf_hashes");
        assertThat(namesIn("""
                SELECT proname
                FROM pg_proc
                WHERE proname IN ('lock_audit_head', 'audit_leaf_hashes')
                  AND prosrc !~ 'BEGIN\\s+IF organization IS DISTINCT FROM reachable_organization\\(\\) THEN\\s+RAISE'
                   OR proname = 'append_audit_events' AND prosrc !~ 'BEGIN\\s+head := lock_audit_head\\(organization\\);'
                """)).isEmpty();
    }

    /** By halving, EXPLAIN gives away what a histogram holds, and it is drawn from the rows of all organizations. */
    @Test
    @Claim("T4")
    void plannerKeepsNoStatisticsOfFreeText() {
        TestOrganization.fresh();
        beyondTheWalls().sql("ANALYZE").update();

        assertThat(namesIn("""
                SELECT starelid::regclass || '.' || attname
                FROM pg_statistic
                JOIN pg_attribute ON attrelid = starelid AND attnum = staattnum
                JOIN (%1$s) AS owned ON starelid = owned.oid
                    OR starelid IN (SELECT indexrelid FROM pg_index WHERE indrelid = owned.oid)
                WHERE atttypid NOT IN ('uuid'::regtype, 'int'::regtype, 'bigint'::regtype, 'boolean'::regtype,
                                       'timestamptz'::regtype)
                  AND NOT EXISTS (SELECT FROM pg_constraint
                                  WHERE conrelid = starelid AND conkey = ARRAY[staattnum]
                                    AND pg_get_constraintdef(pg_constraint.oid) LIKE '%%= ANY (ARRAY[%%')
                """.formatted(OWNED))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ownedTables")
    @Claim({"T1", "T4"})
    void withoutAScopeNothingIsAnswered(String table) throws SQLException {
        try (Connection server = asServer()) {
            // A table that nobody has a row in may be read from end to end without asking whose rows they are.
            execute(server, "SET enable_seqscan = off");
            for (String read : List.of(
                    "SELECT count(*) FROM " + table,
                    "SELECT FROM " + table + " WHERE organization_id = '" + UUID.randomUUID() + "'")) {
                assertThatThrownBy(() -> execute(server, read))
                        .as(read)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("no organization scope is open");
            }
            // Not every table may be written at all, and some have a trigger that is asked first.
            for (String written : List.of(
                    "INSERT INTO " + table + " (organization_id) VALUES ('" + UUID.randomUUID() + "')",
                    "DELETE FROM " + table + " WHERE organization_id = '" + UUID.randomUUID() + "'")) {
                assertThatThrownBy(() -> execute(server, written))
                        .as(written)
                        .isInstanceOf(SQLException.class)
                        .hasMessageMatching("(?s)ERROR: (no organization scope is open|permission denied for table "
                                + "|the stages of approval <NULL> are settled|approval <NULL> is not granted).*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ownedTables")
    @Claim({"T1", "T4"})
    void scopeMadeByHandOpensNothing(String table) throws SQLException {
        try (Connection server = asServer()) {
            execute(server, "SET enable_seqscan = off");
            execute(server, "SET nuxari.organization_id = '" + UUID.randomUUID() + "'");
            execute(server, "SET nuxari.actor = 'system:by-hand'");
            execute(server, "SET nuxari.scope_seal = '" + "0".repeat(64) + "'");

            assertThatThrownBy(() -> execute(server, "SELECT count(*) FROM " + table))
                    .hasMessageContaining("the organization scope was not opened by its door");
        }
    }

    @Test
    @Claim("A4")
    void evidenceCanOnlyBeAdded() {
        assertThat(namesIn("""
                SELECT DISTINCT privilege_type
                FROM information_schema.column_privileges
                WHERE grantee = 'nuxari_app' AND table_name IN (
                    'audit_checkpoint', 'key_manifest', 'execution', 'execution_redemption', 'execution_outcome', 'approval_decision',
                    'approval_stage', 'evidence_record', 'evidence_package', 'evidence_attestation', 'workflow_entry')
                """)).containsExactlyInAnyOrder("INSERT", "SELECT");
        assertThat(namesIn("""
                SELECT DISTINCT privilege_type
                FROM information_schema.column_privileges
                WHERE grantee = 'nuxari_app' AND table_name IN ('audit_event', 'audit_node', 'audit_head')
                """)).containsExactly("SELECT");
    }

    @Test
    @Claim("A4")
    void notEvenTheOwnerChangesEvidence() {
        assertThat(namesIn("""
                SELECT table_name
                FROM (VALUES ('audit_event'), ('audit_node'), ('audit_checkpoint'), ('key_manifest'), ('evidence_record'), ('evidence_package'),
                             ('evidence_attestation'), ('execution'), ('execution_outcome'), ('approval_decision')) AS evidence (table_name)
                WHERE (SELECT count(*) FROM pg_trigger
                       WHERE tgrelid = table_name::regclass AND tgname LIKE 'append_only%' AND tgenabled = 'O') <> 2
                """)).isEmpty();
    }

    static List<String> ownedTables() {
        return namesIn("SELECT relname FROM (" + OWNED + ") AS owned ORDER BY 1");
    }

    private static Connection asServer() throws SQLException {
        return DriverManager.getConnection(TestDatabase.url(), "nuxari_app", TestDatabase.password("nuxari_app"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
