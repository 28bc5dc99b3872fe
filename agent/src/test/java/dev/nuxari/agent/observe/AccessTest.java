package dev.nuxari.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Claim("E5")
class AccessTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    @TempDir
    private Path root;

    @BeforeEach
    void build() throws IOException {
        root = root.toRealPath();
        put("etc/passwd", """
                root:x:0:0:root:/root:/bin/bash
                ann:x:1000:1000:Ann:/home/ann:/bin/sh
                odd name:x:1001:1000::/home/odd:/usr/sbin/nologin
                """);
        put("etc/shadow", "root:*:1::::::\nann:$y$j9T$x:1::::::\nodd name:!$6$x:1::::::\n");
        put("etc/group", "root:x:0:\nann:x:1000:\nops:x:1100:ann\n");
    }

    private void put(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private List<Json.Obj> seen(SummaryKind kind) throws IOException {
        return new Access()
                .look(new HostFiles(new HostRoot(root), 0), Instant.EPOCH).stream()
                        .filter(summary -> summary.kind() == kind)
                        .map(Summary::values)
                        .toList();
    }

    @Test
    void accountsAreSeenWithHowFarTheyAreOpen() throws IOException {
        assertThat(seen(SummaryKind.HOST_ACCOUNT))
                .contains(
                        Json.object("name", "root", "number", 0, "password", "none", "shell", true),
                        Json.object("name", "ann", "number", 1000, "password", "set", "shell", true))
                .hasSize(3);
    }

    @Test
    void nameThatIsNoIdentifierIsADigest() throws IOException {
        assertThat(seen(SummaryKind.HOST_ACCOUNT))
                .extracting(account -> account.string("name"))
                .noneMatch(name -> name.contains("odd"))
                .anyMatch(name -> name.matches("sha256-[0-9a-f]{32}"));
    }

    @Test
    void membersAreSeenAlsoByTheirFirstGroup() throws IOException {
        assertThat(seen(SummaryKind.HOST_MEMBERSHIP))
                .contains(Json.object("group", "ops", "account", "ann"))
                .anyMatch(membership -> membership.string("group").equals("ann")
                        && membership.string("account").startsWith("sha256-"));
    }

    @Test
    void keysAreSeenByTheirFingerprintAlsoBehindOptions() throws IOException {
        put("home/ann/.ssh/authorized_keys", "# " + KEY + "\nfrom=\"10.0.0.1\" " + KEY + " ann@home\n");

        assertThat(seen(SummaryKind.SSH_ACCESS)).hasSize(1).allSatisfy(access -> {
            assertThat(access.string("account")).isEqualTo("ann");
            assertThat(access.string("fingerprint")).startsWith("SHA256:");
        });
    }

    @Test
    void keysBehindALinkAreSaidToBeUnread() throws IOException {
        Files.createDirectories(root.resolve("home/ann/.ssh"));
        Files.createSymbolicLink(root.resolve("home/ann/.ssh/authorized_keys"), root.resolve("etc/shadow"));

        assertThat(seen(SummaryKind.SSH_UNREAD)).contains(Json.object("account", "ann"));
        assertThat(seen(SummaryKind.SSH_ACCESS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "root ALL=(ALL:ALL) ALL; account root root all true",
                "%sudo ALL=(ALL) NOPASSWD: ALL; group sudo root all false",
                "ann ALL=/usr/bin/id; account ann root some true",
                "ann ALL=(postgres) NOPASSWD: /usr/bin/psql; account ann other some false",
                "ann ALL=(OPERATORS) /usr/bin/id; account ann root some true",
                "ALL ALL=(root) /usr/bin/id; everybody ALL root some true",
                "#1000 ALL=(root) ALL; other sha256- root all true",
                "User_Alias OPS = ann\\nOPS ALL=(root) ALL; account ann root all true",
                "ann ALL=(root) \\\\\\n  NOPASSWD: ALL; account ann root all false"
            })
    void rightsOfSudoAreSeen(String rule, String expected) throws IOException {
        put("etc/sudoers", rule.replace("\\n", "\n").replace("\\\\", "\\") + "\n");

        Json.Obj right = seen(SummaryKind.SUDO_RIGHT).getFirst();
        String name = right.string("name").replaceFirst("^sha256-.*", "sha256-");
        assertThat(String.join(
                        " ",
                        right.string("subject"),
                        name,
                        right.string("runAs"),
                        right.string("commands"),
                        String.valueOf(right.bool("password"))))
                .isEqualTo(expected);
    }

    @Test
    void filesThatSudoSkipsAreSkipped() throws IOException {
        put("etc/sudoers", "root ALL=(ALL) ALL\n");
        put("etc/sudoers.d/ops.nuxari-before", "ann ALL=(ALL) ALL\n");
        put("etc/sudoers.d/ops", "%ops ALL=(ALL) ALL\n");

        assertThat(seen(SummaryKind.SUDO_RIGHT))
                .extracting(right -> right.string("name"))
                .containsExactly("root", "ops");
    }
}
