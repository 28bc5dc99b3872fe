package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.identity.EmailDomain;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * An organization at the real broker with one provider, set up as {@link BrokerSettings} does it for everybody, and with nobody
 * behind it but the test.
 */
record BrokeredGround(OrganizationId organization, ProviderId provider, String domain) {
    static final String PASSWORD = "correct-horse-battery";

    /** Where the provider is said to be. Nobody listens: the test answers itself. */
    static final String SIGN_ON = "http://127.0.0.1:9/saml";

    static final String CALLBACK = "http://127.0.0.1:9/callback";
    static final Enrolment NOBODY_SPECIAL = new Enrolment(Role.READONLY, Role.APPROVER, "groups", List.of());

    private static final String REALM = "/admin/realms/nuxari";
    private static final Pattern REQUEST_ID = Pattern.compile("\\bID=\"([^\"]+)\"");

    static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }

    static BrokeredGround of(String alias, Connection connection) {
        return of(alias, connection, NOBODY_SPECIAL);
    }

    static BrokeredGround of(String alias, Connection connection, Enrolment enrolment) {
        String domain = alias + ".example";
        var organization = OrganizationId.parse(admin().ensureOrganization("nuxari", alias, alias, domain));
        return in(organization, domain, connection, enrolment);
    }

    static BrokeredGround in(OrganizationId organization, String domain, Connection connection, Enrolment enrolment) {
        var ground = new BrokeredGround(organization, new ProviderId(UUID.randomUUID()), domain);
        ground.setUp(connection, enrolment);
        return ground;
    }

    private void setUp(Connection connection, Enrolment enrolment) {
        BrokerSettings settings = settings(connection, enrolment);
        Json.Obj representation = settings.provider();
        if (connection instanceof Connection.Oidc) {
            representation = representation.with(
                    "config", representation.object("config").with("clientSecret", LyingOidc.SECRET));
        }
        call("POST", "/identity-provider/instances", representation);
        call("POST", "/identity-provider/instances/" + alias() + "/mappers", settings.mapper());
        call("POST", "/organizations/" + organization + "/identity-providers", Json.of(alias()));
    }

    void change(Connection connection) {
        call(
                "PUT",
                "/identity-provider/instances/" + alias(),
                settings(connection, NOBODY_SPECIAL).provider());
    }

    private BrokerSettings settings(Connection connection, Enrolment enrolment) {
        return new BrokerSettings(
                organization,
                provider,
                domain,
                true,
                Preset.OIDC,
                connection,
                enrolment,
                List.of(new EmailDomain(domain)));
    }

    private static void call(String method, String path, Json body) {
        KeycloakAdmin.Answer answer = admin().exchange(method, REALM + path, body.canonical());
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.status() + " " + answer.body());
        }
    }

    static Connection.Saml saml(String entityId, SigningKey... keys) {
        return samlWithAddressIn("", entityId, keys);
    }

    static Connection.Saml samlWithAddressIn(String attribute, String entityId, SigningKey... keys) {
        return new Connection.Saml(
                entityId,
                URI.create(SIGN_ON),
                false,
                List.of(keys).stream()
                        .map(SigningKey::base64)
                        .map(Certificate::parse)
                        .toList(),
                attribute);
    }

    String alias() {
        return provider.alias(organization);
    }

    static String issuer() {
        return SharedKeycloak.instance().issuer();
    }

    String endpoint() {
        return issuer() + "/broker/" + alias() + "/endpoint";
    }

    /** A sign-in that has come to the provider. */
    record Begun(ScriptedBrowser browser, URI asked) {
        String parameter(String name) {
            return query(asked).getOrDefault(name, "");
        }

        /** The name of the SAML request. */
        String request() {
            Matcher id = REQUEST_ID.matcher(inflated(Base64.getDecoder().decode(parameter("SAMLRequest"))));
            if (!id.find()) {
                throw new IllegalStateException("the request has no name");
            }
            return id.group(1);
        }

        /** Whether the broker lets the person in, who has gone this far. */
        boolean isLetIn(Map<String, String> form, String address) {
            return isLetIn(() -> browser.submit(URI.create(address), form, Begun::isEnd));
        }

        boolean isLetIn(URI address) {
            return isLetIn(() -> browser.walk(address, Begun::isEnd));
        }

        private boolean isLetIn(java.util.function.Supplier<URI> walk) {
            boolean code;
            try {
                code = query(walk.get()).containsKey("code");
            } catch (ScriptedBrowser.SignInRefused _) {
                code = false;
            }
            boolean session =
                    browser.cookies(URI.create(issuer()).getAuthority()).containsKey("KEYCLOAK_IDENTITY");
            if (code != session) {
                throw new IllegalStateException("a code without a session, or the other way round");
            }
            return code;
        }

        static boolean isEnd(URI address) {
            return address.toString().startsWith(CALLBACK);
        }
    }

    /** Begins to sign in, as far as the provider. */
    Begun begin(ScriptedBrowser browser, Predicate<URI> provider) {
        return begin(browser, provider, "");
    }

    /** @param more what else is asked for, as it stands in the address */
    Begun begin(ScriptedBrowser browser, Predicate<URI> provider, String more) {
        return new Begun(browser, browser.walk(URI.create(start(more) + "&kc_idp_hint=" + alias()), provider));
    }

    /** Where the broker is asked for a code. */
    static URI start(String more) {
        return URI.create(issuer() + "/protocol/openid-connect/auth?client_id=nuxari-cli&response_type=code"
                + "&scope=openid%20organization&redirect_uri=" + CALLBACK
                + "&code_challenge_method=S256&code_challenge="
                + "x".repeat(43) + more);
    }

    Begun begin() {
        return begin(browser(), "");
    }

    Begun begin(ScriptedBrowser browser, String more) {
        return begin(browser, address -> address.toString().startsWith(SIGN_ON), more);
    }

    static ScriptedBrowser browser() {
        return new ScriptedBrowser(ScriptedBrowser.Person.of("nobody@nowhere.example", PASSWORD));
    }

    static Map<String, String> query(URI address) {
        Map<String, String> values = new HashMap<>();
        for (String pair : String.valueOf(address.getRawQuery()).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
        }
        return values;
    }

    private static String inflated(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        byte[] bytes = new byte[100_000];
        try {
            return new String(bytes, 0, inflater.inflate(bytes), UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }
}
