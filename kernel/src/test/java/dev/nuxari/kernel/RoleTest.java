package dev.nuxari.kernel;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A role is read to the letter, and what is none of the six is the least of them. */
class RoleTest {
    /** Written down by hand a second time: what each permission's roles are, also where no route asks for it yet. */
    private static final String TABLE = """
            organization:read      owner admin approver requester auditor readonly
            organization:change    owner admin
            organization:federate  owner
            members:read           owner admin approver auditor
            members:read-own       owner admin requester readonly
            members:manage         owner admin
            members:manage-owners  owner
            requests:create        owner admin approver requester
            requests:read          owner admin approver auditor readonly
            requests:read-own      owner admin requester
            workflows:read         owner admin approver auditor readonly
            workflows:read-own     owner admin requester
            workflows:operate      owner admin
            approvals:read         owner admin approver auditor
            approvals:decide       owner admin approver
            catalogue:read         owner admin approver requester auditor readonly
            catalogue:change       owner admin
            connectors:read        owner admin approver auditor readonly
            connectors:manage      owner admin
            agents:read            owner admin approver auditor readonly
            agents:manage          owner admin
            findings:read          owner admin approver auditor readonly
            findings:remediate     owner admin approver
            reviews:run            owner admin
            reviews:decide         owner admin approver
            audit:read             owner admin auditor
            audit:rotate-key       owner
            evidence:read          owner admin auditor
            intake:answer          owner admin
            """;

    @Test
    @Claim("T5")
    void everyPermissionHasTheRolesOfTheTable() {
        Map<String, Set<String>> expected = TABLE.lines()
                .map(line -> line.split(" +"))
                .collect(toMap(
                        words -> words[0],
                        words -> Stream.of(words)
                                .filter(word -> !word.contains(":"))
                                .collect(toSet())));

        assertThat(Stream.of(Permission.values()).collect(toMap(Permission::spelled, RoleTest::rolesWith)))
                .isEqualTo(expected);
    }

    private static Set<String> rolesWith(Permission permission) {
        return Stream.of(Role.values())
                .filter(role -> role.may(permission))
                .map(Spelling::of)
                .collect(toSet());
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleIsReadAsItIsSpelled(Role role) {
        assertThat(Role.parse(Spelling.of(role))).isEqualTo(role);
    }

    /** The last ones look like roles, or become some in upper or lower case. */
    @ParameterizedTest
    @Claim("T5")
    @ValueSource(
            strings = {
                "",
                " ",
                "superuser",
                "root",
                "*",
                "null",
                "OWNER",
                "Owner",
                "oWNER",
                " owner",
                "owner ",
                "owner\n",
                "owner,admin",
                "owner admin",
                "[\"owner\"]",
                "owner;--",
                "owner' OR '1'='1",
                "owner\u0000",
                "role:owner",
                "adm\u0131n",
                "ADM\u0130N",
                "\u043ewner",
                "\uff4f\uff57\uff4e\uff45\uff52",
                "owner\u200b"
            })
    void whatIsNoRoleIsReadonly(String spelled) {
        assertThat(Role.parse(spelled)).isEqualTo(Role.READONLY);
    }

    /** Bodies and parameters are read by this: there nothing is guessed, not even the least. */
    @ParameterizedTest
    @Claim("T5")
    @ValueSource(strings = {"", "OWNER", "Owner", "adm\u0131n", "owner ", "own_er", "superuser"})
    void whatIsSpelledOtherwiseIsNoConstant(String spelled) {
        assertThatThrownBy(() -> Spelling.parse(Role.class, spelled)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyConstantIsReadAsItIsSpelled() {
        assertThat(Permission.values())
                .allSatisfy(permission -> assertThat(Spelling.parse(Permission.class, Spelling.of(permission)))
                        .isEqualTo(permission));
    }

    @Test
    @Claim("T5")
    void adminIsTheOwnerButForOwnersWhoSpeaksForMembersAndTheLogKey() {
        Set<Permission> ownersOnly =
                Set.of(Permission.ORGANIZATION_FEDERATE, Permission.MEMBERS_MANAGE_OWNERS, Permission.AUDIT_ROTATE_KEY);
        assertThat(Permission.values())
                .allSatisfy(permission ->
                        assertThat(Role.ADMIN.may(permission)).isEqualTo(!ownersOnly.contains(permission)));
        assertThat(Permission.values()).allMatch(Role.OWNER::may);
    }
}
