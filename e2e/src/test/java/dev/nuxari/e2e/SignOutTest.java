package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.RealmTemplate;
import dev.nuxari.platform.ScriptedBrowser;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an administrator of the real Keycloak ends, ends in the browser too. */
class SignOutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI server = Composed.stack().ground().url();
    private final Ground.Account person = Composed.stack().organization("acme").account("readonly");
    private final KeycloakAdmin admin = Composed.stack().keycloakAdmin();

    @Test
    @Claim("I3")
    void sessionEndsWhenAnAdministratorSetsAPasswordAndSignsThePersonOut() {
        String session = signIn();
        String other = signIn();
        assertThat(me(session).status()).isEqualTo(200);

        administratorResetsPasswordAndSignsOut();

        Eventually.isTrue("the session has ended", PATIENCE, () -> me(session).status() == 401);
        assertThat(me(other).problem()).isEqualTo("unauthenticated");
        assertThat(me(signIn()).status()).isEqualTo(200);
    }

    /** The administrator does not sign anybody out: the broker's extension does. */
    @Test
    @Claim("I3")
    void sessionEndsWhenAnAdministratorOnlySetsAPassword() {
        String session = signIn();

        administratorResetsPassword();

        Eventually.isTrue("the session has ended", PATIENCE, () -> me(session).status() == 401);
        assertThat(me(signIn()).status()).isEqualTo(200);
    }

    private String signIn() {
        ScriptedBrowser browser = new ScriptedBrowser(ScriptedBrowser.Person.of(person.email(), person.password()));
        browser.walk(server.resolve("/login/start"), at -> at.equals(server.resolve("/")));
        return "nuxari_session=" + browser.cookies(server.getAuthority()).get("nuxari_session");
    }

    private Wire.Answer me(String session) {
        return new Wire(server, "", "").send("GET", "//api/v1/me", new byte[0], "Cookie", session);
    }

    private void administratorResetsPasswordAndSignsOut() {
        administratorResetsPassword();
        assertThat(admin.exchange("POST", user() + "/logout", "").status()).isEqualTo(204);
    }

    private void administratorResetsPassword() {
        Json.Obj password = Json.object("type", "password", "value", person.password(), "temporary", false);
        assertThat(admin.exchange("PUT", user() + "/reset-password", password.canonical())
                        .status())
                .isEqualTo(204);
    }

    private String user() {
        return "/admin/realms/" + RealmTemplate.REALM + "/users/"
                + admin.userId(RealmTemplate.REALM, person.email()).orElseThrow();
    }
}
