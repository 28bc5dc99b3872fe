package dev.nuxari.cli;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where things are on this machine: the checkout, the data folder, and what a running stack wrote into it. */
record Place(Path home) {
    /** The folder that was named, or the default one in the checkout. */
    Path data(@Nullable Path named) {
        return (named == null ? home.resolve(".nuxari") : named)
                .toAbsolutePath()
                .normalize();
    }

    /** How a command has to name this folder; nothing for the default one. */
    String dataOption(Path data) {
        return data.equals(data(null)) ? "" : " --data " + data;
    }

    /** What the stack in the default folder said about itself; empty when none was ever started. */
    Optional<Json.Obj> stack() {
        return stack(data(null));
    }

    Optional<Json.Obj> stack(Path data) {
        Path file = data.resolve("stack.json");
        try {
            return Optional.of(Json.parseObject(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Unreachable("Cannot read " + file + ": " + e.getMessage(), e);
        } catch (JsonException e) {
            throw new Unreachable(file + " is damaged (" + e.getMessage() + "). Start the stack again.", e);
        }
    }

    static String issuer(Json.Obj stack) {
        return Fields.text(stack, "keycloak.url") + "/realms/" + Fields.text(stack, "keycloak.realm");
    }
}
