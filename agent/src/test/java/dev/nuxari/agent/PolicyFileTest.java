package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.PolicyFile.Answer.Absent;
import dev.nuxari.agent.PolicyFile.Answer.Refused;
import dev.nuxari.agent.PolicyFile.Answer.Valid;
import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("E4")
class PolicyFileTest {
    private static final String GOOD = """
            {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""";

    @TempDir
    private Path home;

    private PolicyFile policy;

    @BeforeEach
    void allow() throws IOException {
        EnrolledAgent.allow(home, GOOD);
        policy = EnrolledAgent.policy(home);
    }

    private void assertRefused() {
        assertThat(policy.read()).isInstanceOf(Refused.class);
        assertThat(policy.read().policy().size()).isZero();
    }

    @Test
    void filesOfTheOwnerAreBelieved() {
        assertThat(policy.read()).isInstanceOf(Valid.class);
        assertThat(policy.read().policy().size()).isOne();
    }

    @Test
    void withoutAFileNothingIsAllowed() throws IOException {
        Files.delete(policy.path());
        assertThat(policy.read()).isInstanceOf(Absent.class);
        Files.delete(home.resolve("policy"));
        assertThat(policy.read()).isInstanceOf(Absent.class);
        assertThat(policy.read().policy().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-", "rwxrwxrwx"})
    void fileThatOthersCanWriteIsRefused(String permissions) throws IOException {
        Files.setPosixFilePermissions(policy.path(), PosixFilePermissions.fromString(permissions));
        assertRefused();
    }

    @Test
    void folderThatOthersCanWriteIsRefused() throws IOException {
        Files.setPosixFilePermissions(home.resolve("policy"), PosixFilePermissions.fromString("rwxrwxr-x"));
        assertRefused();
    }

    @Test
    void fileOfSomebodyElseIsRefused() {
        policy = new PolicyFile(policy.path(), policy.owner() + 1);
        assertRefused();
    }

    @Test
    void linkIsRefused() throws IOException {
        Path real = Files.move(policy.path(), home.resolve("elsewhere.json"));
        Files.createSymbolicLink(policy.path(), real);
        assertRefused();
    }

    @Test
    void whatIsNotUnderstoodIsRefused() throws IOException {
        EnrolledAgent.allow(home, GOOD.replace("limits", "limit"));
        assertRefused();
    }
}
