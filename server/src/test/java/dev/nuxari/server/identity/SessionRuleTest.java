package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose sessions one may see and end. */
class SessionRuleTest {
    /** By hand: what the role of the line says to whoever would end sessions of somebody with the role above. */
    @ParameterizedTest
    @Claim("T5")
    @CsvSource(delimiter = '|', textBlock = """
                    owner     | -              | -              | -              | -
                    admin     | OWNER_PROTECTED| -              | -              | -
                    approver  | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER
                    requester | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER
                    auditor   | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER
                    readonly  | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER | NO_SUCH_MEMBER
                    """)
    void endingIsForWhoeverMaySuspend(String actor, String owner, String admin, String auditor, String readonly) {
        Role by = Spelling.parse(Role.class, actor);

        assertThat(against(by, Role.OWNER)).isEqualTo(owner);
        assertThat(against(by, Role.ADMIN)).isEqualTo(admin);
        assertThat(against(by, Role.AUDITOR)).isEqualTo(auditor);
        assertThat(against(by, Role.READONLY)).isEqualTo(readonly);
    }

    @ParameterizedTest
    @EnumSource
    void onesOwnAreOnesOwn(Role role) {
        assertThat(SessionRule.againstEnding(role, role, true)).isEmpty();
        assertThat(SessionRule.permitsToSee(role, true)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void othersAreSeenByThoseWhoManageMembers(Role role) {
        assertThat(SessionRule.permitsToSee(role, false)).isEqualTo(role == Role.OWNER || role == Role.ADMIN);
    }

    private static String against(Role actor, Role member) {
        Optional<MemberRefusal> refusal = SessionRule.againstEnding(actor, member, false);
        return refusal.map(Enum::name).orElse("-");
    }
}
