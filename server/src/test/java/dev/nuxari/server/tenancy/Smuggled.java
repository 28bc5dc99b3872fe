package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;

import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Statements as somebody writes them who is after another organization's rows, and rows to be after. {@code @acme} is the
 * organization they are in, {@code @globex} the one they want.
 */
final class Smuggled {
    /** In every text of the rows that are wanted, and in none of the statements. */
    static final String MARKER = "globex-secret";

    /** Plain queries. Each shows the marker to whom no wall stops. */
    private static final String QUESTIONS = """
            SELECT name FROM connector
            SELECT name FROM connector WHERE organization_id = '@globex'
            SELECT name FROM connector WHERE organization_id <> '@acme'
            SELECT name FROM connector WHERE organization_id = '@acme' OR true ORDER BY created_at DESC
            SELECT c.name FROM organization o JOIN connector c ON c.organization_id = o.organization_id
            SELECT c.name FROM connector c, account a WHERE a.organization_id = c.organization_id
            SELECT name FROM connector WHERE connector_id IN (SELECT connector_id FROM book WHERE organization_id = '@globex')
            SELECT (SELECT max(name) FROM connector WHERE organization_id = '@globex')
            SELECT a.display_name FROM connector c, LATERAL (SELECT * FROM account WHERE organization_id = '@globex') a
            WITH RECURSIVE found AS (SELECT name FROM connector UNION SELECT display_name FROM account) SELECT * FROM found
            SELECT name FROM connector EXCEPT SELECT name FROM connector WHERE organization_id = '@acme'
            SELECT name FROM ONLY connector
            SELECT name FROM connector TABLESAMPLE SYSTEM (100)
            SELECT name FROM connector WHERE ctid IS NOT NULL FOR UPDATE
            SELECT first_value(name) OVER (ORDER BY organization_id = '@globex' DESC) FROM connector
            SELECT CAST(c AS text) FROM connector c
            SELECT CAST(to_jsonb(c) AS text) FROM connector c
            SELECT CAST(json_agg(a) AS text) FROM account a
            SELECT string_agg(content, ' ') FROM evidence_record
            SELECT convert_from(leaf, 'UTF8') FROM audit_event
            SELECT encode(sealed, 'escape') FROM credential
            SELECT plan FROM approval
            SELECT name FROM organization
            SELECT display_name FROM member
            SELECT key FROM idempotency_key
            SELECT amr FROM session
            SELECT recipient FROM share_link
            SELECT CAST(filter AS text) FROM share_link WHERE organization_id = '@globex'
            SELECT CAST(table_to_xml('connector', true, true, '') AS text)
            SELECT CAST(name AS int) FROM connector WHERE organization_id = '@globex'
            SELECT CAST(display_name AS uuid) FROM account WHERE organization_id = '@globex'
            SELECT CAST(content AS date) FROM evidence_record WHERE organization_id = '@globex'
            SELECT max(name) FROM connector GROUP BY organization_id HAVING organization_id = '@globex'
            """;

    /** What plain statements have no words for, a line each. */
    private static final String TRICKS = """
            SELECT 1; SELECT name FROM connector WHERE organization_id = '@globex'
            COMMIT; BEGIN; SELECT name FROM connector
            COMMIT AND CHAIN; SELECT name FROM connector
            ROLLBACK; SELECT name FROM connector
            ROLLBACK; BEGIN; SELECT name FROM connector
            SAVEPOINT s; SET LOCAL nuxari.organization_id = '@globex'; SELECT name FROM connector
            SAVEPOINT s; SET LOCAL nuxari.organization_id = '@globex'; ROLLBACK TO s; SELECT name FROM connector
            SET LOCAL nuxari.organization_id = '@globex'; SELECT name FROM connector
            SET SESSION nuxari.organization_id = '@globex'; COMMIT; BEGIN; SELECT name FROM connector
            SET LOCAL nuxari.actor = 'system:x'; SELECT name FROM connector
            SET LOCAL nuxari.scope_seal = ''; SELECT name FROM connector
            RESET nuxari.scope_seal; SELECT name FROM connector
            RESET ALL; SELECT name FROM connector
            SELECT set_config('nuxari.organization_id', '@globex', true); SELECT name FROM connector
            UPDATE pg_settings SET setting = '@globex' WHERE name = 'nuxari.organization_id'; SELECT name FROM connector
            SET row_security = off; SELECT name FROM connector
            SET ROLE nuxari_owner; SELECT name FROM connector
            SET SESSION AUTHORIZATION postgres; SELECT name FROM connector
            SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; SELECT name FROM connector
            SET session_replication_role = replica; DELETE FROM audit_event
            SET search_path = pg_temp, pg_catalog, public; SELECT name FROM connector
            SET search_path = pg_catalog; SELECT name FROM public.connector
            CREATE TEMPORARY TABLE scope_key (secret bytea); SELECT name FROM connector
            CREATE FUNCTION pg_temp.current_organization() RETURNS uuid LANGUAGE sql RETURN '@globex'::uuid
            CREATE OPERATOR public.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = uuid_ne)
            CREATE CAST (text AS uuid) WITH INOUT AS IMPLICIT
            CREATE POLICY open ON connector USING (true)
            ALTER TABLE connector DISABLE ROW LEVEL SECURITY
            ALTER TABLE audit_event DISABLE TRIGGER ALL
            ALTER ROLE nuxari_app BYPASSRLS
            GRANT nuxari_owner TO nuxari_app
            DROP TABLE audit_event
            DO $$ BEGIN PERFORM name FROM connector; END $$
            DO $$ BEGIN COMMIT; END $$
            CALL protect('connector')
            PREPARE p AS SELECT name FROM connector WHERE organization_id = '@globex'; EXECUTE p
            DECLARE c CURSOR WITH HOLD FOR SELECT name FROM connector; COMMIT; BEGIN; FETCH ALL FROM c
            DEALLOCATE ALL; DISCARD ALL
            COPY connector TO PROGRAM 'true'
            COPY connector TO '/tmp/connector'
            COPY connector FROM PROGRAM 'true'
            COPY evidence_record FROM '/dev/null'
            LISTEN x; NOTIFY x, 'y'
            SELECT pg_notify('x', 'y');
            SELECT pg_advisory_lock(1);
            SELECT lo_from_bytea(0, 'x');
            LOCK TABLE connector IN ACCESS EXCLUSIVE MODE
            PREPARE TRANSACTION 'x'
            EXPLAIN ANALYZE SELECT name FROM connector WHERE organization_id = '@globex'
            EXPLAIN (ANALYZE, VERBOSE, GENERIC_PLAN off) SELECT * FROM account WHERE display_name > 'a'
            SELECT most_common_vals::text || histogram_bounds::text FROM pg_stats;
            SELECT query FROM pg_stat_activity;
            SELECT pg_terminate_backend(pg_backend_pid());
            SELECT query_to_xml('SELECT * FROM connector', true, true, '');
            SELECT encode(secret, 'hex') FROM scope_key;
            SELECT encode(inner_key, 'hex') FROM door_key;
            SELECT ticket_mac('system/@globex/x/1');
            SELECT scope_seal('x', '@globex', 'system:x');
            SELECT open_scope('@globex', 'system:x'); SELECT name FROM connector
            SELECT enter_organization('@globex', 'x', 9999999999999, ''::bytea); SELECT name FROM connector
            SELECT enter_organization(NULL, NULL, NULL, NULL); SELECT name FROM connector
            SELECT enter_organization_as_system('@globex', 'timer', NULL, NULL); SELECT name FROM connector
            SELECT enter_organization_by_share('@globex', 'x', 9999999999999, ''::bytea); SELECT name FROM connector
            SELECT * FROM find_share('@globex', repeat('0', 64));
            SELECT * FROM admit_share('@globex', repeat('0', 64), 9999999999999, ''::bytea);
            SELECT * FROM admit_member('@globex', 'x', 9999999999999, NULL);
            SELECT provision_member('@globex', 'x', 'x', 'x', 'owner');
            SELECT lock_audit_head('@globex');
            SELECT append_audit_events('@globex', '{}', '{}');
            SELECT append_audit_events('@globex', ARRAY[convert_to('{}', 'UTF8')], ARRAY[1]);
            SELECT append_audit_events(NULL, ARRAY[convert_to('{"organizationId": "@globex"}', 'UTF8')], ARRAY[1]);
            SELECT schedule_timer('@globex', 'x', 'y', now());
            SELECT lock_credential('@globex', '@globex', 'observe');
            INSERT INTO connector (organization_id, kind, name, settings, created_at) VALUES ('@globex', 'ldap', 'x', '', now());
            INSERT INTO book SELECT organization_id, connector_id FROM connector WHERE organization_id = '@globex';
            INSERT INTO book SELECT '@acme', uuidv7();
            INSERT INTO evidence_record SELECT * FROM evidence_record WHERE organization_id = '@globex';
            INSERT INTO audit_event (organization_id, sequence, leaf) SELECT organization_id, sequence, leaf FROM audit_event;
            UPDATE connector SET health_reason = 'x' WHERE organization_id = '@globex';
            UPDATE connector SET organization_id = '@globex';
            UPDATE account SET display_name = 'x' FROM connector c WHERE c.organization_id = '@globex';
            UPDATE evidence_record SET content = 'x';
            UPDATE audit_head SET size = 0;
            UPDATE member SET role = 'owner';
            DELETE FROM observed_assignment WHERE organization_id = '@globex';
            DELETE FROM audit_event;
            DELETE FROM evidence_package;
            TRUNCATE evidence_record
            TRUNCATE connector CASCADE
            MERGE INTO connector c USING book b ON b.organization_id = '@globex' WHEN MATCHED THEN UPDATE SET health_reason = 'x'
            """;

    /** Everything of the owner that the server may call and that is told for whom. */
    private static final String CALLS = """
            SELECT lock_audit_head('@globex')
            SELECT append_audit_events('@globex', ARRAY[convert_to('{}', 'UTF8')], ARRAY[1])
            SELECT schedule_timer('@globex', 'x', 'y', now())
            SELECT lock_credential('@globex', '@globex', 'observe')
            SELECT admit_member('@globex', 'x', 9999999999999, decode('00', 'hex'))
            SELECT enter_organization('@globex', 'x', 9999999999999, decode('00', 'hex'))
            SELECT enter_organization_as_system('@globex', 'x', 9999999999999, decode('00', 'hex'))
            SELECT enter_organization_by_share('@globex', 'x', 9999999999999, decode('00', 'hex'))
            SELECT admit_share('@globex', 'x', 9999999999999, decode('00', 'hex'))
            SELECT audit_leaf_hashes('@globex', 0, 9)
            SELECT organizations_of('x', 9999999999999, decode('00', 'hex'))
            SELECT organizations_of(NULL, NULL, NULL)
            SELECT lock_audit_head(NULL)
            SELECT append_audit_events(NULL, ARRAY[convert_to('{}', 'UTF8')], ARRAY[1])
            SELECT schedule_timer(NULL, 'x', 'y', now())
            SELECT lock_credential(NULL, NULL, NULL)
            SELECT admit_member(NULL, NULL, NULL, NULL)
            SELECT enter_organization(NULL, NULL, NULL, NULL)
            SELECT enter_organization_as_system(NULL, NULL, NULL, NULL)
            SELECT enter_organization_by_share(NULL, NULL, NULL, NULL)
            SELECT admit_share(NULL, NULL, NULL, NULL)
            SELECT audit_leaf_hashes(NULL, 0, 9)
            """;

    private static final String FURNISHED = """
            UPDATE organization SET name = '@marker' WHERE organization_id = '@owner';
            UPDATE member SET display_name = '@marker' WHERE organization_id = '@owner';
            INSERT INTO connector (organization_id, connector_id, kind, name, settings, created_at)
            VALUES ('@owner', '@owner', 'ldap', '@marker', '{}', now());
            INSERT INTO book VALUES ('@owner', '@owner');
            INSERT INTO account (organization_id, connector_id, native_id, display_name, email, state, state_seen_at)
            VALUES ('@owner', '@owner', '@marker', '@marker', '@marker', 'enabled', now());
            INSERT INTO credential (organization_id, connector_id, purpose, version, state, sealed, created_at)
            VALUES ('@owner', '@owner', 'observe', 1, 'active', convert_to('@marker', 'UTF8'), now());
            INSERT INTO evidence_record (organization_id, record_id, workflow_id, type, at, content, hash)
            VALUES ('@owner', uuidv7(), uuidv7(), 'approval', now(), '@marker', repeat('0', 64));
            INSERT INTO audit_event (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id, leaf,
                                     leaf_hash)
            SELECT '@owner', 0, uuidv7(), now(), 'system:x', '@marker', 'succeeded', 'x', '@marker', leaf,
                   sha256(decode('00', 'hex') || leaf)
            FROM convert_to('{"marker": "@marker"}', 'UTF8') AS leaf;
            INSERT INTO session (organization_id, token_hash, member_id, amr, created_at, expires_at, last_seen_at)
            SELECT organization_id, repeat('0', 64), member_id, '@marker', now(), now(), now()
            FROM member WHERE organization_id = '@owner' LIMIT 1;
            INSERT INTO idempotency_key (organization_id, member_id, key, request_hash, state, created_at)
            SELECT organization_id, member_id, '@marker', repeat('0', 64), 'in-progress', now()
            FROM member WHERE organization_id = '@owner' LIMIT 1;
            INSERT INTO share_link (organization_id, token_hash, recipient, filter, created_by, created_at, expires_at)
            SELECT organization_id, repeat('0', 64), '@marker', '{"targetId":"@marker"}', member_id, now(),
                   now() + interval '1 day'
            FROM member WHERE organization_id = '@owner' LIMIT 1;
            INSERT INTO approval (organization_id, approval_id, plan_hash, plan, risk, policy, requester, state, expires_at,
                                  created_at)
            SELECT organization_id, uuidv7(), encode(sha256(convert_to('@marker', 'UTF8')), 'hex'), '@marker', 'low', 'x',
                   member_id, 'open', now(), now()
            FROM member WHERE organization_id = '@owner' LIMIT 1;
            """;

    private Smuggled() {}

    static List<String> questions(TestOrganization acme, TestOrganization globex) {
        return filled(QUESTIONS, acme, globex);
    }

    static List<String> tricks(TestOrganization acme, TestOrganization globex) {
        return filled(TRICKS, acme, globex);
    }

    static List<String> calls(TestOrganization acme, TestOrganization globex) {
        return filled(CALLS, acme, globex);
    }

    private static List<String> filled(String statements, TestOrganization acme, TestOrganization globex) {
        return statements
                .replace("@acme", acme.id().toString())
                .replace("@globex", globex.id().toString())
                .lines()
                .toList();
    }

    /** Gives the organization a row of many kinds, with the marker in every text. */
    static void furnish(TestOrganization owner, String marker) {
        beyondTheWalls()
                .sql(FURNISHED.replace("@owner", owner.id().toString()).replace("@marker", marker))
                .update();
    }

    /** A hash of every row of globex and of all evidence of acme, by table, and of the keys. */
    static Map<String, String> state(TestOrganization acme, TestOrganization globex) {
        String owned = ownedTables().stream()
                .map(table -> hash(table, "organization_id = '%s'".formatted(globex.id())))
                .collect(Collectors.joining(" UNION ALL "));
        String evidence = List.of(
                        "audit_event",
                        "audit_node",
                        "audit_head",
                        "audit_checkpoint",
                        "evidence_record",
                        "evidence_package",
                        "execution",
                        "approval_decision",
                        "member")
                .stream()
                .map(table -> hash(table, "organization_id = '%s'".formatted(acme.id()))
                        .replace("'" + table, "'own " + table))
                .collect(Collectors.joining(" UNION ALL "));
        String keys = hash("scope_key", "true") + " UNION ALL " + hash("door_key", "true");
        return beyondTheWalls()
                .sql(String.join(" UNION ALL ", owned, evidence, keys))
                .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String hash(String table, String condition) {
        return "SELECT '%1$s', md5(coalesce(string_agg(CAST(t AS text), ' ' ORDER BY CAST(t AS text)), '')) FROM %1$s t WHERE %2$s"
                .formatted(table, condition);
    }

    private static List<String> ownedTables() {
        return DatabaseWallsTest.ownedTables();
    }
}
