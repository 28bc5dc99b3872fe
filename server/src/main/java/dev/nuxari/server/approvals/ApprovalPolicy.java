package dev.nuxari.server.approvals;

import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import java.util.List;
import java.util.Set;

/** Which stages a question goes through. The built-in policies grow with the risk of what is asked for. */
public record ApprovalPolicy(String name, List<Stage> stages) {
    private static final Set<Role> DECIDERS = Set.of(Role.APPROVER, Role.ADMIN, Role.OWNER);
    private static final ApprovalPolicy STANDARD =
            new ApprovalPolicy("standard", List.of(new Stage(1, "approval", 1, DECIDERS)));
    private static final ApprovalPolicy DUAL =
            new ApprovalPolicy("dual-authorization", List.of(new Stage(1, "approval", 2, DECIDERS)));
    private static final ApprovalPolicy STAGED = new ApprovalPolicy(
            "staged-dual-authorization",
            List.of(
                    new Stage(1, "approval", 1, Set.of(Role.APPROVER)),
                    new Stage(2, "ownership", 1, Set.of(Role.ADMIN, Role.OWNER))));

    public ApprovalPolicy {
        stages = List.copyOf(stages);
    }

    /** One approver up to medium risk; two for high (NIST SP 800-53, AC-3(2)); two, one of them an administrator, for critical. */
    public static ApprovalPolicy forRisk(Risk risk) {
        return switch (risk) {
            case LOW, MEDIUM -> STANDARD;
            case HIGH -> DUAL;
            case CRITICAL -> STAGED;
        };
    }
}
