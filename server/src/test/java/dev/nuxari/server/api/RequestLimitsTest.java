package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.RequestLimits.ReadRequest;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.ModelAndView;

/** What is counted before anything is done, against limits that are reached soon. */
@ServerTest
class RequestLimitsTest {
    private static final int BODY = 8;

    @Autowired
    Doorkeeper doorkeeper;

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void callerHasARateOfTheirOwn() throws IOException {
        RequestLimits limits = limits(1, 100);
        limits.admit(by(caller(Role.OWNER)), response);
        limits.admit(by(caller(Role.OWNER)), response);

        assertThatThrownBy(() -> limits.admit(by(caller(Role.OWNER)), response))
                .isInstanceOf(RateLimited.class)
                .hasMessageStartingWith("You sent");
        limits.admit(by(caller(Role.ADMIN)), response);
    }

    @Test
    void organizationHasARateForAllItsCallers() throws IOException {
        RequestLimits limits = limits(100, 1);
        limits.admit(by(caller(Role.OWNER)), response);
        limits.admit(by(caller(Role.ADMIN)), response);

        assertThatThrownBy(() -> limits.admit(by(caller(Role.AUDITOR)), response))
                .isInstanceOf(RateLimited.class)
                .hasMessageStartingWith("Your organization sent");
        limits.admit(by(TestOrganization.fresh().caller(doorkeeper, Role.OWNER)), response);
    }

    @Test
    void serverItselfIsNotCounted() throws IOException {
        RequestLimits limits = limits(1, 1);
        for (int i = 0; i < 5; i++) {
            limits.admit(by(doorkeeper.admitSystem(organization.id(), "timers")), response);
        }
    }

    @Test
    void bodyOfTheLargestSizeIsRead() throws IOException {
        MockHttpServletRequest request = by(caller(Role.OWNER));
        request.setContent(new byte[BODY]);

        assertThat(limits(9, 9).admit(request, response))
                .containsInstanceOf(ReadRequest.class)
                .map(read -> ((ReadRequest) read).body())
                .contains(new byte[BODY]);
    }

    @Test
    void bodyThatWasReadIsReadAgainAsOftenAsNeeded() throws IOException {
        MockHttpServletRequest request = by(caller(Role.OWNER));
        request.setContent("{'ä':1}".getBytes(UTF_8));
        request.setCharacterEncoding(ISO_8859_1);

        HttpServletRequest read = limits(9, 9).admit(request, response).orElseThrow();

        assertThat(read.getReader().lines()).containsExactly("{'ä':1}");
        assertThat(read.getInputStream().readAllBytes()).isEqualTo("{'ä':1}".getBytes(UTF_8));
        assertThat(read.getContentLength()).isEqualTo(8);
        assertThat(read.getContentLengthLong()).isEqualTo(8);
        ServletInputStream body = read.getInputStream();
        assertThat(body.isReady()).isTrue();
        assertThat(body.isFinished()).isFalse();
        assertThat(body.read()).isEqualTo('{');
        assertThat(body.readAllBytes()).hasSize(7);
        assertThat(body.isFinished()).isTrue();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> body.setReadListener(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
    void requestWithoutABodyPassesAsItIs(String method) throws IOException {
        var request = new MockHttpServletRequest(method, "/api/v1/me");

        assertThat(limits(9, 9).admit(request, response)).containsSame(request);
    }

    @Test
    void largerBodyIsRefusedWhateverItSaysOfItself() {
        MockHttpServletRequest honest = by(caller(Role.OWNER));
        honest.setContent(new byte[BODY + 1]);
        MockHttpServletRequest silent = new MockHttpServletRequest("POST", "/api/v1/me") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        silent.setContent(new byte[BODY + 1]);

        for (HttpServletRequest request : new HttpServletRequest[] {honest, silent}) {
            assertThatThrownBy(() -> limits(9, 9).admit(request, response))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.type()).isEqualTo(ApiProblem.BODY_TOO_LARGE));
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/me, false", "/log/x/checkpoint, false", "/login, false", "/logout, false", "/assets/x.js, true"
    })
    void filesOfTheConsoleAreNotCounted(String path, boolean spared) {
        assertThat(limits(1, 1).shouldNotFilter(new MockHttpServletRequest("GET", path)))
                .isEqualTo(spared);
    }

    @Test
    void addressWithoutCredentialsHasARate() {
        AddressLimit limit = addressLimit();
        limit.admit(from("/api/v1/me"), response);
        limit.admit(from("/api/v1/me"), response);

        assertThatThrownBy(() -> limit.admit(from("/api/v1/me"), response)).isInstanceOf(RateLimited.class);
    }

    @Test
    void addressIsNotCountedForWhoBringsACredential() {
        AddressLimit limit = addressLimit();
        MockHttpServletRequest token = from("/api/v1/me");
        token.addHeader("Authorization", "Bearer x");
        MockHttpServletRequest session = from("/api/v1/me");
        session.setCookies(new Cookie("session", "x"));

        for (int i = 0; i < 5; i++) {
            assertThat(limit.admit(token, response)).contains(token);
            assertThat(limit.admit(session, response)).contains(session);
        }
    }

    @Test
    void signingInIsCountedWithACredentialToo() {
        AddressLimit limit = addressLimit();
        MockHttpServletRequest login = from("/login");
        login.setCookies(new Cookie("session", "x"));
        limit.admit(login, response);
        limit.admit(login, response);

        assertThatThrownBy(() -> limit.admit(login, response)).isInstanceOf(RateLimited.class);
    }

    private Caller caller(Role role) {
        return organization.caller(doorkeeper, role);
    }

    private static MockHttpServletRequest by(Caller caller) {
        var request = new MockHttpServletRequest("POST", "/api/v1/me");
        Callers.admit(request, caller);
        return request;
    }

    private static MockHttpServletRequest from(String path) {
        return new MockHttpServletRequest("GET", path);
    }

    private static RequestLimits limits(int callerRate, int organizationRate) {
        var config = new ApiConfig(DataSize.ofBytes(BODY), callerRate, organizationRate, 1, 1, 1);
        return new RequestLimits(new RateLimits(config), config, (_, _, _, _) -> new ModelAndView());
    }

    private static AddressLimit addressLimit() {
        var config = new ApiConfig(DataSize.ofBytes(BODY), 1, 1, 1, 1, 1);
        return new AddressLimit(new RateLimits(config), (_, _, _, _) -> new ModelAndView());
    }
}
