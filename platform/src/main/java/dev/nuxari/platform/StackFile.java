package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code stack.json}: what runs on a data directory, and how to reach it. It holds passwords and is private. */
public record StackFile(Path data, Json.Obj content) {
    private static final String NAME = "stack.json";

    static Path path(Path data) {
        return data.toAbsolutePath().normalize().resolve(NAME);
    }

    /** The file of that data directory, if something was started and not stopped there. */
    public static Optional<StackFile> read(Path data) {
        Path file = path(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StackFile(data, Json.parseObject(Files.readString(file))));
        } catch (IOException e) {
            throw PlatformFailure.of("read " + file, e);
        } catch (JsonException e) {
            throw new PlatformFailure(
                    "The file " + file + " is damaged; delete it, and stop what still runs by hand", e);
        }
    }

    void write() {
        try {
            Secrets.write(path(data), content.canonical());
        } catch (IOException e) {
            throw PlatformFailure.of("write " + path(data), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path(data));
        } catch (IOException e) {
            throw PlatformFailure.of("delete " + path(data), e);
        }
    }

    /** Where people open the console. */
    public String url() {
        return content.string("url");
    }

    /** The folder with a file for each mail that the server has sent. */
    public Path mails() {
        return Path.of(content.string("mails"));
    }

    /** The broker's realm: the issuer of tokens. */
    public String issuer() {
        Json.Obj keycloak = content.object("keycloak");
        return keycloak.string("url") + "/realms/" + keycloak.string("realm");
    }

    /** The administration of the broker. */
    public KeycloakAdmin keycloakAdmin() {
        Json.Obj keycloak = content.object("keycloak");
        return new KeycloakAdmin(
                keycloak.string("url"), keycloak.string("adminUser"), keycloak.string("adminPassword"));
    }

    public List<Json.Obj> organizations() {
        return content.objects("organizations");
    }

    /** In the order in which they are to be stopped. */
    List<OwnProcess> processes() {
        return content.objects("processes").stream().map(OwnProcess::of).toList();
    }

    /** Whether any of it still runs. */
    public boolean isRunning() {
        return processes().stream().anyMatch(process -> process.handle().isPresent());
    }
}
