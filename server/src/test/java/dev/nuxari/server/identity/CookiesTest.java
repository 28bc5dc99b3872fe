package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What the browser is told about the cookies where the server is reached over https, as it should be. */
class CookiesTest {
    private final Cookies cookies = new Cookies(new PublicAddress(URI.create("https://nuxari.example")));

    /** RFC 6265bis, section 4.1.3.2: of the prefix is the browser's promise that this very host has set it, over TLS. */
    @Test
    @Claim("E1")
    void sessionIsOfThisHostOnly() {
        MockHttpServletResponse response = new MockHttpServletResponse();

        cookies.setSession(response, "secret");

        assertThat(response.getHeader("Set-Cookie"))
                .isEqualTo("__Host-nuxari_session=secret; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void cookieOfTheSameNameWithoutThePrefixIsNone() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(new Cookie("nuxari_session", "planted"));

        assertThat(cookies.session(request)).isEmpty();

        request.setCookies(new Cookie("nuxari_session", "planted"), new Cookie("__Host-nuxari_session", "own"));
        assertThat(cookies.session(request)).contains("own");
    }

    @Test
    void signingOutTakesTheSameCookieAway() {
        MockHttpServletResponse response = new MockHttpServletResponse();

        cookies.clearSession(response);

        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("__Host-nuxari_session=; Path=/; Max-Age=0;")
                .contains("Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void handshakeIsForSigningInOnly() {
        MockHttpServletResponse response = new MockHttpServletResponse();

        cookies.setLogin(response, "sealed", Duration.ofMinutes(10));

        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("nuxari_login=sealed; Path=/login; Max-Age=600;")
                .contains("Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }
}
