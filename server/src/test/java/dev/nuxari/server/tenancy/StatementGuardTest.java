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
                "UPDATE approval SET state = :state WHERE organization_id = :organizationId AND approval_id = :id",
                "INSERT INTO approval (organization_id, approval_id) VALUES (:organizationId, :id)",
                "SELECT a.plan FROM approval a JOIN approval_decision d ON d.approval_id = a.approval_id"
                        + " WHERE a.organization_id = :organizationId AND d.organization_id = :organizationId",
                "SELECT plan FROM approval WHERE organization_id = :organizationId AND note <> 'it''s fine'",
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
                "SELECT plan FROM approval WHERE organization_id = :organizationIds",
                "SELECT approval_id::organizationId FROM approval",
                "SELECT a.plan FROM approval a JOIN approval_decision d ON d.approval_id = a.approval_id"
                        + " WHERE a.organization_id = :organizationId",
                "SELECT 1"
            })
    void statementThatDoesNotIsRefused(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
        assertThatIllegalArgumentException().isThrownBy(() -> guard.check(sql));
    }
}
