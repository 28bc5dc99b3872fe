package dev.nuxari.server.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** The cookies of this server. No script reads them, and no foreign page makes the browser send them with a POST. */
@Component
class Cookies {
    static final String LOGIN = "nuxari_login";
    static final String LUGGAGE = "nuxari_luggage";
    private static final String SESSION = "nuxari_session";

    private final boolean secure;
    private final String sessionName;

    /** Under the prefix a browser takes no cookie that a neighbouring host, or a page without TLS, has set. */
    Cookies(PublicAddress address) {
        this.secure = address.isSecure();
        this.sessionName = secure ? "__Host-" + SESSION : SESSION;
    }

    Optional<String> session(HttpServletRequest request) {
        return read(request, sessionName);
    }

    Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** Lasts as long as the browser; when the session ends is written in its row. */
    void setSession(HttpServletResponse response, String value) {
        add(response, cookie(sessionName, value).path("/").build());
    }

    void setLogin(HttpServletResponse response, String value, Duration age) {
        add(response, cookie(LOGIN, value).path("/login").maxAge(age).build());
    }

    void setLuggage(HttpServletResponse response, String value, Duration age) {
        add(response, cookie(LUGGAGE, value).path("/login").maxAge(age).build());
    }

    void clearSession(HttpServletResponse response) {
        add(response, cookie(sessionName, "").path("/").maxAge(Duration.ZERO).build());
    }

    void clearLogin(HttpServletResponse response) {
        setLogin(response, "", Duration.ZERO);
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String name, String value) {
        return ResponseCookie.from(name, value).httpOnly(true).secure(secure).sameSite("Lax");
    }

    private static void add(HttpServletResponse response, ResponseCookie cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
