package dev.nuxari.server.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.Ranks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which role somebody gets: of all roles and ceilings, none is above the ceiling, and nobody above it is touched. */
@Claim("T5")
class EnrolmentRolesTest {
    private static final List<String> EVERY_GROUP =
            List.of("owner", "admin", "approver", "auditor", "requester", "readonly");

    private static boolean isAbove(Role role, Role ceiling) {
        return Ranks.ORDER.compare(role, ceiling) > 0;
    }

    private static Enrolment upTo(Role ceiling) {
        return new Enrolment(
                Role.READONLY,
                ceiling,
                "groups",
                List.of(Role.values()).stream()
                        .filter(role -> !isAbove(role, ceiling))
                        .map(role -> new GroupRule(role.name().toLowerCase(java.util.Locale.ROOT), role))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(names = "OWNER", mode = EnumSource.Mode.EXCLUDE)
    void nobodyIsPutAboveTheCeiling(Role ceiling) {
        assertThat(upTo(ceiling).roleFor(EVERY_GROUP)).isEqualTo(ceiling);
        assertThat(upTo(ceiling).roleFor(List.of())).isEqualTo(Role.READONLY);
    }

    @ParameterizedTest
    @EnumSource(names = "OWNER", mode = EnumSource.Mode.EXCLUDE)
    void whoStandsAboveTheCeilingIsNotTouched(Role ceiling) {
        for (Role present : Role.values()) {
            Role after = upTo(ceiling).adjusted(present, List.of());
            assertThat(after).isEqualTo(isAbove(present, ceiling) ? present : Role.READONLY);
        }
    }

    @Test
    void withoutGroupsNobodyIsChanged() {
        assertThat(new Enrolment(Role.READONLY, Role.ADMIN, "", List.of()).adjusted(Role.ADMIN, List.of()))
                .isEqualTo(Role.ADMIN);
        assertThat(new Enrolment(Role.READONLY, Role.ADMIN, "groups", List.of()).adjusted(Role.ADMIN, List.of()))
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void settingsAboveTheCeilingAreNone() {
        assertThatThrownBy(() -> new Enrolment(Role.READONLY, Role.OWNER, "", List.of()))
                .hasMessageContaining("owners");
        assertThatThrownBy(() -> new Enrolment(Role.ADMIN, Role.APPROVER, "", List.of()))
                .hasMessageContaining("default");
        assertThatThrownBy(() -> new Enrolment(
                        Role.READONLY, Role.APPROVER, "groups", List.of(new GroupRule("all", Role.ADMIN))))
                .hasMessageContaining("group");
    }
}
