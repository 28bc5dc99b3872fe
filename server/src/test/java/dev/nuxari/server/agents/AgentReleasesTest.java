package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.TestReleases;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("E4")
class AgentReleasesTest {
    private static final String ARCHIVE = "abc.nuxari-agent-0.2.0-linux-amd64.tar.gz";

    private final AgentReleases releases = new AgentReleases(new AgentsConfig(TestReleases.folder()));

    private AgentReleases.Answer read(String name, @Nullable String range) throws Exception {
        return releases.read(name, range);
    }

    @Test
    void partIsWhatWasAskedForAndNeverMoreThanAMebibyte() throws Exception {
        assertThat(read(ARCHIVE, "bytes=0-9")).isInstanceOfSatisfying(AgentReleases.Answer.Part.class, part -> {
            assertThat(part.bytes()).hasSize(10);
            assertThat(part.size()).isEqualTo(TestReleases.LARGE);
        });
        assertThat(read(ARCHIVE, "bytes=0-9999999"))
                .isInstanceOfSatisfying(
                        AgentReleases.Answer.Part.class,
                        part -> assertThat(part.bytes()).hasSize(AgentReleases.PART));
        assertThat(read(ARCHIVE, "bytes=" + (TestReleases.LARGE - 1) + "-9999999"))
                .isInstanceOfSatisfying(
                        AgentReleases.Answer.Part.class,
                        part -> assertThat(part.bytes()).containsExactly('z'));
        assertThat(read(ARCHIVE, null)).isInstanceOf(AgentReleases.Answer.OutOfRange.class);
        assertThat(read(ARCHIVE, "bytes=9999999-99999999")).isInstanceOf(AgentReleases.Answer.OutOfRange.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../timestamp.json",
                "..",
                "/etc/passwd",
                ".secret.json",
                "a/../timestamp.json",
                "timestamp.json/",
                "timestamp.json\u0000",
                "timestamp",
                ""
            })
    void nothingElseIsReached(String name) throws Exception {
        assertThat(read(name, null)).isInstanceOf(AgentReleases.Answer.Missing.class);
    }

    @Test
    void withoutAFolderThereIsNothing() throws Exception {
        assertThat(new AgentReleases(new AgentsConfig(null)).read("timestamp.json", null))
                .isInstanceOf(AgentReleases.Answer.Missing.class);
        assertThatThrownBy(() -> new AgentsConfig(Path.of("releases"))).hasMessageContaining("nuxari.agents.releases");
    }
}
