package dev.nuxari.server.tenancy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param doorKeyFile a file with 32 random bytes in Base64, which signs the tickets of callers; readable by the server only
 */
@ConfigurationProperties(value = "nuxari.tenancy", ignoreUnknownFields = false)
record TenancyConfig(Path doorKeyFile) {
    TicketKey ticketKey() {
        try {
            return new TicketKey(
                    Base64.getDecoder().decode(Files.readString(doorKeyFile).strip()));
        } catch (IOException e) {
            throw new IllegalStateException("nuxari.tenancy.door-key-file cannot be read: " + doorKeyFile, e);
        }
    }
}
