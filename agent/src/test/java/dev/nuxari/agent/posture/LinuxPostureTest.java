package dev.nuxari.agent.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.agent.posture.PosturePack.Verdict;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("E5")
class LinuxPostureTest {
    private static final PosturePack PACK = PosturePack.builtIn();

    @TempDir
    private Path folder;

    private PostureHost host;

    @BeforeEach
    void build() throws IOException {
        host = PostureHost.good(folder);
        // ann's home has to be hers: in this tree she has the number of whoever runs the test, unless that is root.
        if ("root".equals(System.getProperty("user.name"))) {
            Files.setAttribute(host.at("/home/ann"), "unix:uid", 1_000);
        } else {
            Object runner = Files.getAttribute(folder, "unix:uid");
            host.edit("swap /etc/passwd ann:x:1000: => ann:x:%s:".formatted(runner));
        }
    }

    private List<String> having(Result result) throws IOException {
        return PACK.verdicts(host.files()).stream()
                .filter(verdict -> verdict.result() == result)
                .map(Verdict::check)
                .toList();
    }

    @Test
    void goodHostPassesEveryCheck() throws IOException {
        assertThat(having(Result.FAIL)).isEmpty();
        assertThat(having(Result.ERROR)).isEmpty();
        assertThat(having(Result.NOT_APPLICABLE)).isEmpty();
        assertThat(having(Result.PASS)).hasSizeGreaterThanOrEqualTo(60);
    }

    static Stream<Arguments> edits() throws IOException {
        return PostureHost.badEdits().entrySet().stream().map(edit -> Arguments.of(edit.getKey(), edit.getValue()));
    }

    /** One edit, one check: what is noticed is this, or what is said to be the same edit's doing, and nothing else. */
    @ParameterizedTest
    @MethodSource("edits")
    void badStateFailsItsCheckAndNoOther(String checks, String edit) throws IOException {
        host.edit(edit);

        assertThat(PACK.verdicts(host.files()))
                .filteredOn(verdict -> verdict.result() == Result.FAIL || verdict.result() == Result.ERROR)
                .extracting(Verdict::check)
                .containsExactlyInAnyOrder(checks.split(" ", -1));
    }

    @Test
    void everyCheckHasABadStateAndItsReferences() throws IOException {
        Set<String> edited = PostureHost.badEdits().keySet().stream()
                .map(checks -> checks.split(" ", -1)[0])
                .collect(Collectors.toSet());

        assertThat(PACK.checks()).hasSizeGreaterThanOrEqualTo(60).allSatisfy(check -> {
            assertThat(edited).contains(check.id());
            assertThat(check.cis()).isNotEmpty().allMatch(section -> section.matches("[0-9]+(\\.[0-9]+)+"));
            assertThat(check.nist())
                    .isNotEmpty()
                    .allMatch(control -> control.matches("[A-Z]{2}-[0-9]+(\\([0-9a-z]+\\))*"));
        });
        assertThat(PACK.checks()).extracting(Check::area).containsAll(EnumSet.allOf(Area.class));
    }

    @Test
    void whatIsNotThereIsNotApplicable() throws IOException {
        host.edit("remove openssh-server");

        assertThat(having(Result.NOT_APPLICABLE)).isNotEmpty().allMatch(check -> check.startsWith("ssh-"));
        assertThat(having(Result.FAIL)).isEmpty();
    }

    /** Whoever can replace a file by a link shows another file to whoever follows it. */
    @Test
    void linkIsNotFollowed() throws IOException {
        Path real = host.at("/etc/login.defs");
        Files.move(real, real.resolveSibling("elsewhere"));
        Files.createSymbolicLink(real, Path.of("elsewhere"));

        assertThat(having(Result.ERROR)).contains("accounts-hash-method");
    }

    @Test
    void fileTooLargeIsAnErrorAndNotAPass() throws IOException {
        Files.write(host.at("/etc/ssh/sshd_config"), new byte[HostFiles.LARGEST + 1]);

        assertThat(having(Result.ERROR)).contains("ssh-root-login");
    }

    @Test
    void dropInThatIsIncludedFirstWins() throws IOException {
        Files.createDirectories(host.at("/etc/ssh/sshd_config.d"));
        host.edit("put /etc/ssh/sshd_config.d/50.conf PermitRootLogin yes");
        host.edit("mode /etc/ssh/sshd_config.d/50.conf 0600");

        assertThat(having(Result.FAIL)).containsExactly("ssh-root-login");
    }

    @Test
    void filesThatIncludeEachOtherEnd() throws IOException {
        Files.createDirectories(host.at("/etc/ssh/sshd_config.d"));
        host.edit("put /etc/ssh/sshd_config.d/50.conf Include /etc/ssh/sshd_config");
        host.edit("mode /etc/ssh/sshd_config.d/50.conf 0600");

        assertThat(having(Result.ERROR)).contains("ssh-root-login");
    }

    @Test
    void parameterThatRunsGoodAndIsBadAfterTheNextStartFails() throws IOException {
        Files.createDirectories(host.at("/etc/sysctl.d"));
        host.edit("put /etc/sysctl.d/99.conf net.ipv4.ip_forward = 1");

        assertThat(having(Result.FAIL)).containsExactly("net-forward");
    }

    @Test
    void maskedServiceIsNotEnabled() throws IOException {
        Files.createSymbolicLink(host.at("/etc/systemd/system/cron.service"), Path.of("/dev/null"));

        assertThat(having(Result.FAIL)).containsExactly("cron-enabled");
    }

    @Test
    void thisMachineIsLookedAtInBoundedTimeAndChangesNothing() throws IOException {
        long begin = System.nanoTime();
        HostFiles files = new HostFiles(HostRoot.THIS, 0);

        List<Verdict> verdicts = PACK.verdicts(files);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(verdicts).hasSameSizeAs(PACK.checks());
        assertThat(verdicts).extracting(Verdict::result).contains(Result.PASS, Result.FAIL);
    }

    @Test
    void resultsLeaveAsSummaries() throws IOException {
        assertThat(PACK.look(host.files(), Instant.EPOCH))
                .hasSameSizeAs(PACK.checks())
                .allMatch(summary -> summary.kind() == SummaryKind.POSTURE_CHECK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"run\",\"program\":\"/bin/sh\"}",
                "{\"kind\":\"module\",\"name\":\"a b\"}",
                "{\"kind\":\"module\",\"name\":\"a\",\"more\":1}",
                "{\"kind\":\"file-access\",\"paths\":[\"/etc/../home\"],\"atMost\":\"0600\",\"required\":true}",
                "{\"kind\":\"file-access\",\"paths\":[\"/*/passwd\"],\"atMost\":\"0600\",\"required\":true}",
                "{\"kind\":\"file-access\",\"paths\":[],\"atMost\":\"0600\",\"required\":true}",
                "{\"kind\":\"file-access\",\"paths\":[\"/etc/passwd\"],\"atMost\":\"9999\",\"required\":true}",
                "{\"kind\":\"accounts\",\"rule\":\"anything\"}",
                "{\"kind\":\"kernel\",\"key\":\"kernel.a\",\"wanted\":{}}"
            })
    void packWithAProbeThatIsNoneIsNotRead(String probe) {
        Json.Obj pack = Json.object(
                "v",
                1,
                "name",
                "p",
                "version",
                1,
                "benchmark",
                "none",
                "checks",
                List.of(Json.object(
                        "id",
                        "c",
                        "version",
                        1,
                        "area",
                        "files",
                        "title",
                        "t",
                        "cis",
                        List.of(),
                        "nist",
                        List.of(),
                        "probe",
                        Json.parseObject(probe))));

        assertThatThrownBy(() -> PosturePack.parse(pack)).isInstanceOf(JsonException.class);
    }
}
