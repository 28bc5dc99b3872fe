package dev.nuxari.server.tenancy;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.nuxari.kernel.Claim;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("T1")
class StatementGuardTest {
    private final StatementGuard guard = new StatementGuard(Set.of("approval", "approval_decision"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT plan FROM approval WHERE organization_id = :organizationId",
                "SELECT plan FROM approval AS a WHERE a.id = :id AND a.organization_id = :organizationId FOR UPDATE",
                "SELECT plan FROM approval WHERE approval.organization_id = :organizationId LIMIT 5",
                "UPDATE approval SET state = :state WHERE organization_id = :organizationId AND approval_id = :id",
                "UPDATE approval a SET state = d.verdict FROM approval_decision d"
                        + " WHERE a.organization_id = :organizationId AND d.organization_id = :organizationId",
                "DELETE FROM approval a USING approval_decision d"
                        + " WHERE a.organization_id = :organizationId AND d.organization_id = :organizationId",
                "INSERT INTO approval (organization_id, approval_id) VALUES (:organizationId, :id), (:organizationId, :no)",
                "INSERT INTO approval (organization_id, id) SELECT CAST(:organizationId AS uuid), approval_id"
                        + " FROM approval_decision WHERE organization_id = :organizationId"
                        + " ON CONFLICT (organization_id, id) DO UPDATE SET plan = excluded.plan WHERE approval.id <> :id",
                "SELECT a.plan FROM approval a JOIN approval_decision d ON d.approval_id = a.approval_id"
                        + " WHERE a.organization_id = :organizationId AND d.organization_id = :organizationId",
                "SELECT a.plan FROM approval a LEFT JOIN approval_decision d"
                        + " ON d.organization_id = :organizationId AND d.approval_id = a.approval_id"
                        + " WHERE a.organization_id = :organizationId AND left(a.plan, 1) = '' ORDER BY a.plan",
                "SELECT EXISTS (SELECT FROM approval WHERE organization_id = :organizationId) AS x",
                "WITH seen AS (SELECT id FROM approval WHERE organization_id = :organizationId)"
                        + " DELETE FROM approval_decision WHERE organization_id = :organizationId"
                        + " AND (id = ANY (SELECT id FROM seen) OR id = :id)",
                "SELECT plan FROM approval WHERE organization_id = :organizationId UNION ALL"
                        + " SELECT reason FROM approval_decision WHERE organization_id = :organizationId",
                "SELECT plan FROM approval WHERE organization_id = :organizationId AND note <> 'it''s fine'",
                "SELECT plan FROM approval WHERE organization_id = :organizationId AND at BETWEEN :from AND :to"
                        + " AND CASE WHEN :all THEN true ELSE state = :state END",
                "SELECT d.approval FROM approval_decision d WHERE d.organization_id = :organizationId",
                "SELECT a.plan FROM approval a JOIN approval_decision d ON d.organization_id = :organizationId"
                        + " LEFT JOIN approval_decision e ON e.organization_id = :organizationId"
                        + " LEFT OUTER JOIN approval_decision f ON f.organization_id = :organizationId"
                        + " INNER JOIN approval_decision g ON g.organization_id = :organizationId"
                        + " WHERE a.organization_id = :organizationId",
                "SELECT size FROM lock_something(:organizationId)"
            })
    void statementThatBindsTheOrganizationForEveryTablePasses(String sql) {
        assertThatNoException().isThrownBy(() -> guard.check(sql));
        assertThatNoException().isThrownBy(() -> guard.check(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT plan FROM approval",
                "SELECT plan FROM \"approval\" WHERE approval_id = :id",
                "DELETE FROM Approval WHERE organization_id = :organization",
                "SELECT plan FROM approval WHERE organization_id = ':organizationId'",
                "SELECT plan FROM approval -- WHERE organization_id = :organizationId",
                "SELECT plan FROM approval /* WHERE organization_id = :organizationId */",
                "SELECT plan FROM approval /* /* */ WHERE organization_id = :organizationId */",
                "SELECT plan FROM approval WHERE $$organization_id = :organizationId$$ <> ''",
                "SELECT plan FROM approval WHERE E'\\' organization_id = :organizationId AND ' <> ''",
                "SELECT plan FROM U&\"\\0061pproval\" WHERE :organizationId IS NOT NULL",
                "SELECT plan FROM approval WHERE organization_id = :organizationIds",
                "SELECT approval_id::organizationId FROM approval",
                "SELECT a.plan FROM approval a JOIN approval_decision d ON d.approval_id = a.approval_id"
                        + " WHERE a.organization_id = :organizationId",
                "SELECT 1",
                "SELECT plan FROM approval WHERE (organization_id = :organizationId",
                "SELECT plan FROM approval WHERE organization_id = :organizationId)"
            })
    void statementThatDoesNotIsRefused(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT :organizationId FROM approval",
                "SELECT plan FROM approval WHERE :organizationId = :organizationId",
                "SELECT plan FROM approval WHERE organization_id <> :organizationId",
                "SELECT plan FROM approval WHERE organization_id >= :organizationId",
                "SELECT plan FROM approval WHERE NOT organization_id = :organizationId",
                "SELECT plan FROM approval WHERE organization_id = :organizationId OR true",
                "SELECT plan FROM approval WHERE organization_id = :organizationId AND left(a.plan, 1) = '' OR true",
                "SELECT plan FROM approval WHERE (organization_id = :organizationId OR true)",
                "SELECT plan FROM approval WHERE organization_id = :organizationId IS NOT NULL",
                "SELECT plan FROM approval a WHERE a.organization_id = :organizationId IS NOT NULL",
                "SELECT plan FROM approval WHERE 1 BETWEEN 0 AND organization_id = :organizationId",
                "SELECT plan FROM approval WHERE CASE WHEN true THEN true ELSE a AND organization_id = :organizationId END",
                "SELECT plan FROM approval ORDER BY organization_id = :organizationId",
                "SELECT count(*) FILTER (WHERE organization_id = :organizationId) FROM approval",
                "SELECT plan FROM approval GROUP BY plan HAVING bool_or(organization_id = :organizationId)",
                "SELECT plan FROM approval, (SELECT 1 WHERE organization_id = :organizationId) x",
                "SELECT plan FROM approval AS a (plan, organization_id) WHERE a.organization_id = :organizationId",
                "UPDATE approval SET plan = :plan RETURNING organization_id = :organizationId"
            })
    void bindingThatDoesNotLimitTheRowsIsNone(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a.plan FROM approval a, approval b WHERE a.organization_id = :organizationId",
                "SELECT a.plan FROM approval a JOIN approval b ON b.id = a.id WHERE a.organization_id = :organizationId"
                        + " AND a.organization_id = :organizationId",
                "SELECT a.plan FROM approval a LEFT JOIN approval_decision d ON a.organization_id = :organizationId"
                        + " AND d.organization_id = :organizationId",
                "SELECT a.plan FROM approval a JOIN approval_decision d USING (id) LEFT JOIN approval_decision e"
                        + " ON d.organization_id = :organizationId AND e.organization_id = :organizationId"
                        + " WHERE a.organization_id = :organizationId",
                "SELECT a.plan FROM approval a RIGHT JOIN approval_decision d ON d.organization_id = :organizationId"
                        + " WHERE a.organization_id = :organizationId",
                "SELECT plan FROM approval WHERE organization_id = :organizationId AND plan IN (SELECT plan FROM approval)",
                "SELECT plan FROM approval WHERE organization_id = :organizationId AND plan IN (TABLE approval)",
                "SELECT plan FROM approval WHERE organization_id = :organizationId UNION SELECT plan FROM approval",
                "SELECT plan FROM approval WHERE organization_id = :organizationId UNION SELECT plan FROM public.approval",
                "SELECT plan FROM ONLY approval",
                "WITH gone AS (DELETE FROM approval) SELECT plan FROM approval WHERE organization_id = :organizationId",
                "UPDATE approval a SET plan = d.reason FROM approval_decision d WHERE a.organization_id = :organizationId",
                "DELETE FROM approval a USING approval_decision d WHERE a.organization_id = :organizationId",
                "INSERT INTO approval (organization_id, plan) SELECT :organizationId, reason FROM approval_decision"
            })
    void everyMentionOfATableNeedsItsOwn(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO approval VALUES (:organizationId, :id)",
                "INSERT INTO approval (approval_id, organization_id) VALUES (:organizationId, :id)",
                "INSERT INTO approval (organization_id, approval_id) VALUES (:other, :organizationId)",
                "INSERT INTO approval (organization_id, approval_id) VALUES (:organizationId, :id), (:other, :id)",
                "INSERT INTO approval (organization_id, approval_id) VALUES (:organizationId, :id), (:organizationId, :id),"
                        + " (:other, :id)",
                "INSERT INTO approval (organization_id, approval_id) SELECT :other, :organizationId",
                "INSERT INTO approval (organization_id, approval_id) DEFAULT VALUES RETURNING :organizationId",
                "UPDATE approval SET organization_id = :other WHERE organization_id = :organizationId",
                "UPDATE approval SET plan = '', organization_id = :other WHERE organization_id = :organizationId",
                "UPDATE approval SET (organization_id, plan) = (:other, '') WHERE organization_id = :organizationId"
            })
    void rowsAreAddedToTheOwnOrganizationAndStayThere(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
    }
}
