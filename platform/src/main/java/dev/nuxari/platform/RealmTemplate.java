package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The realm {@code nuxari}, as the {@code keycloak} module describes it, for one installation. */
public final class RealmTemplate {
    /** The realm's name. */
    public static final String REALM = "nuxari";

    static final String RESOURCE = "/dev/nuxari/keycloak/nuxari-realm.json";

    private RealmTemplate() {}

    /**
     * The representation to import.
     *
     * @param baseUrl the server's address as browsers see it
     * @param consoleSecret of the client with which people sign in
     * @param serverSecret of the client with which the server administers the realm
     */
    public static String render(String baseUrl, String consoleSecret, String serverSecret) {
        String text = template();
        for (Map.Entry<String, String> value : Map.of(
                        "baseUrl", baseUrl, "consoleSecret", consoleSecret, "serverSecret", serverSecret)
                .entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", quoted(value.getValue()));
        }
        return RealmUpgrade.marked(Json.parseObject(text)).canonical();
    }

    /** Where it is, which is where the rest of the {@code keycloak} module is. */
    static URL address() {
        URL resource = RealmTemplate.class.getResource(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("the keycloak module is not on the class path");
        }
        return resource;
    }

    private static String quoted(String value) {
        String literal = Json.of(value).canonical();
        return literal.substring(1, literal.length() - 1);
    }

    private static String template() {
        try (InputStream resource = address().openStream()) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
