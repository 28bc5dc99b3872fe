package dev.nuxari.platform;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder the product was built in: named by the launcher, else found from where our code was loaded. */
final class Checkout {
    private Checkout() {}

    static Optional<Path> find() {
        String named = System.getProperty("nuxari.home");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path at = codeLocation(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("platform"))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Where our own classes come from. */
    static Path codeLocation() {
        try {
            return Path.of(Checkout.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class is loaded from a place that is a URI", e);
        }
    }
}
