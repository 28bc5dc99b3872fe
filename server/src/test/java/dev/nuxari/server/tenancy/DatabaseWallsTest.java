package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must hold for every table, also for the one that is added tomorrow. */
class DatabaseWallsTest {
    @Test
    @Claim({"T1", "T4"})
    void everyOwnedTableIsProtected() {
        assertThat(namesIn("""
                SELECT relname
                FROM pg_class
                JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT (
                    relrowsecurity AND relforcerowsecurity
                    AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'own_organization')
                )
                """)).isEmpty();
    }

    @Test
    @Claim("T4")
    void everyTableTheServerReachesBelongsToAnOrganization() {
        assertThat(namesIn("""
                SELECT table_name
                FROM information_schema.role_table_grants
                WHERE grantee IN ('nuxari_app', 'PUBLIC') AND table_schema = 'public' AND table_name NOT IN (
                    SELECT table_name FROM information_schema.columns WHERE column_name = 'organization_id'
                )
                """)).isEmpty();
    }

    @Test
    @Claim("T4")
    void thereAreNoViewsAndNoPoliciesForTheServerButTheOne() {
        assertThat(namesIn("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm')"
                        + " AND relnamespace = 'public'::regnamespace"))
                .isEmpty();
        assertThat(namesIn("""
                SELECT tablename || '.' || policyname
                FROM pg_policies
                WHERE schemaname = 'public' AND policyname <> 'own_organization' AND NOT roles = '{nuxari_owner}'
                """)).isEmpty();
    }

    @Test
    void everyKeyBeginsWithTheOrganization() {
        assertThat(namesIn("""
                SELECT conname
                FROM pg_constraint
                JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                WHERE contype IN ('p', 'u') AND attname <> 'organization_id'
                  AND connamespace = 'public'::regnamespace AND conname NOT LIKE 'flyway%' AND conname <> 'timer_key'
                """)).isEmpty();
    }

    @Test
    @Claim("T4")
    void rolesOwnNothingAndBypassNothing() {
        assertThat(namesIn("""
                SELECT rolname
                FROM pg_roles
                WHERE rolname IN ('nuxari_app', 'nuxari_timer', 'nuxari_provisioner') AND (
                    rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                    OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
                    OR EXISTS (SELECT FROM pg_proc WHERE proowner = pg_roles.oid)
                    OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
                    OR has_schema_privilege(oid, 'public', 'CREATE')
                )
                """)).isEmpty();
        assertThat(namesIn("SELECT rolname FROM pg_roles WHERE rolname = 'nuxari_app'"))
                .containsExactly("nuxari_app");
    }

    @Test
    @Claim("A4")
    void evidenceCanOnlyBeAdded() {
        assertThat(namesIn("""
                SELECT DISTINCT privilege_type
                FROM information_schema.column_privileges
                WHERE grantee = 'nuxari_app' AND table_name IN (
                    'audit_checkpoint', 'execution', 'execution_redemption', 'execution_outcome', 'approval_decision',
                    'approval_stage', 'evidence_record', 'evidence_package', 'workflow_entry')
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
                FROM (VALUES ('audit_event'), ('audit_node'), ('audit_checkpoint'), ('evidence_record'), ('evidence_package'),
                             ('execution'), ('execution_outcome'), ('approval_decision')) AS evidence (table_name)
                WHERE (SELECT count(*) FROM pg_trigger
                       WHERE tgrelid = table_name::regclass AND tgname LIKE 'append_only%' AND tgenabled = 'O') <> 2
                """)).isEmpty();
    }

    @Test
    @Claim("T4")
    void serverCallsNoFunctionThatIsNotMeantForIt() {
        assertThat(namesIn("""
                SELECT DISTINCT proname
                FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prosecdef
                  AND has_function_privilege('nuxari_app', oid, 'EXECUTE')
                """))
                .containsExactlyInAnyOrder(
                        "admit_member",
                        "append_audit_events",
                        "current_actor",
                        "current_organization",
                        "enter_organization",
                        "enter_organization_as_system",
                        "lock_audit_head",
                        "organizations_of",
                        "schedule_timer");
    }

    private static List<String> namesIn(String catalogueQuery) {
        return beyondTheWalls()
                .sql(catalogueQuery)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }
}
