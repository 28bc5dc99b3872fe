package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An address decides who somebody is here: whoever could give themselves another one would take somebody's place. */
@Claim("I4")
class OwnProfileTest {
    private static final String MALLORY = "mallory-profile@initech.example";
    private static final String VICTIM = "victim-profile@globex.example";
    private static final String PASSWORD = "correct-horse-battery";
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");

    @Test
    void nameIsOnesOwnToChangeAndTheAddressIsNot() {
        var person = new ScriptedBrowser.Person(MALLORY, PASSWORD, Optional.empty());
        admin().ensureUser("nuxari", new KeycloakAdmin.NewUser(MALLORY, "Mallory", "Evil", PASSWORD));
        var browser = new ScriptedBrowser(person);
        URI form = browser.walk(authorization(), address -> address.getPath().endsWith("/required-action"));

        HttpResponse<String> page = get(form, browser);
        assertThat(page.body()).contains("name=\"firstName\"");
        submit(page, browser, "Malloria", MALLORY);
        assertThat(mallory().string("firstName")).isEqualTo("Malloria");

        var again = new ScriptedBrowser(person);
        submit(
                get(again.walk(authorization(), address -> address.getPath().endsWith("/required-action")), again),
                again,
                "Mallory",
                VICTIM);

        assertThat(mallory().string("email")).isEqualTo(MALLORY);
        assertThat(mallory().string("username")).isEqualTo(MALLORY);
        assertThat(admin().userId("nuxari", VICTIM)).isEmpty();
    }

    private static URI authorization() {
        return URI.create(
                issuer() + "/protocol/openid-connect/auth?client_id=nuxari-cli&response_type=code&scope=openid"
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcallback&kc_action=UPDATE_PROFILE"
                        + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    private static HttpResponse<String> get(URI address, ScriptedBrowser browser) {
        return Http.send(Http.request(address)
                .header("Cookie", cookies(address, browser))
                .GET()
                .build());
    }

    private static void submit(HttpResponse<String> page, ScriptedBrowser browser, String firstName, String email) {
        Matcher action = ACTION.matcher(page.body());
        assertThat(action.find()).as(page.body()).isTrue();
        URI address = page.uri().resolve(action.group(1).replace("&amp;", "&"));
        Map<String, String> fields = new LinkedHashMap<>(
                Map.of("username", email, "email", email, "firstName", firstName, "lastName", "Evil"));
        Http.send(Http.formBuilder(address, fields)
                .header("Cookie", cookies(address, browser))
                .build());
    }

    private static String cookies(URI address, ScriptedBrowser browser) {
        return browser.cookies(address.getAuthority()).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Json.Obj mallory() {
        String id = admin().userId("nuxari", MALLORY).orElseThrow();
        return Json.parseObject(
                admin().exchange("GET", "/admin/realms/nuxari/users/" + id, "").body());
    }

    private static String issuer() {
        return SharedKeycloak.instance().issuer();
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }
}
