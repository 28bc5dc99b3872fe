package dev.nuxari.platform;

import dev.nuxari.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What the {@code keycloak} module adds to Keycloak, as the one jar that goes into its folder of providers. */
@SuppressWarnings("ArrayRecordComponent") // Written and hashed, never compared.
record BrokerExtension(byte[] jar) {
    /** The module as it is on the class path: a jar, or the folder that it was compiled into. */
    static BrokerExtension find() {
        URL resource = RealmTemplate.address();
        try {
            String address = resource.toString().replaceFirst("^jar:", "");
            Path place = Path.of(new URI(address.substring(0, address.length() - RealmTemplate.RESOURCE.length())
                    .replaceFirst("!$", "")));
            return new BrokerExtension(Files.isDirectory(place) ? packed(place) : Files.readAllBytes(place));
        } catch (URISyntaxException | IOException e) {
            throw new PlatformFailure("What Nuxari adds to Keycloak cannot be read from " + resource, e);
        }
    }

    /** Changes when anything in it does. */
    String fingerprint() {
        return Sha256.hexOf(jar).substring(0, 8);
    }

    void putInto(Path keycloak) throws IOException {
        Path providers = Files.createDirectories(keycloak.resolve("providers"));
        Files.write(providers.resolve("nuxari-keycloak.jar"), jar);
    }

    /** The same files give the same bytes. */
    private static byte[] packed(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path file : files) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
                entry.setTime(0);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
