package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ArgumentsTest {
    @Test
    void versionIsReadFromIfMatch() {
        assertThat(version("\"3\"")).isEqualTo(new Version(3));
        assertThat(new Version(3).eTag()).isEqualTo("\"3\"");
    }

    @Test
    void missingVersionIsRequired() {
        assertThatThrownBy(() -> Arguments.version(new MockHttpServletRequest()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ApiProblem.PRECONDITION_REQUIRED));
    }

    @Test
    void versionThatIsNoneIsRefused() {
        for (String header : List.of("3", "*", "W/\"3\"", "\"three\"", "\"3\", \"4\"", "\"99999999999\"")) {
            assertThatThrownBy(() -> version(header))
                    .as(header)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.type()).isEqualTo(ApiProblem.INVALID_HEADER));
        }
    }

    @Test
    void staleVersionIsRefused() {
        assertThat(new Version(3).stale(4).type()).isEqualTo(ApiProblem.STALE_VERSION);
    }

    private static Version version(String header) {
        var request = new MockHttpServletRequest();
        request.addHeader("If-Match", header);
        return Arguments.version(request);
    }
}
