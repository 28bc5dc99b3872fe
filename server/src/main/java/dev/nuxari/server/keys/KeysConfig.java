package dev.nuxari.server.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param masterKeyFile a file with 32 random bytes in Base64, which wraps the data key of every organization; readable by the
 *     server only, and backed up apart from the database: without it nothing that is sealed can be opened again
 */
@ConfigurationProperties(value = "nuxari.keys", ignoreUnknownFields = false)
record KeysConfig(Path masterKeyFile) {
    KeysConfig {
        if (isAbsent(masterKeyFile)) {
            throw new IllegalArgumentException("nuxari.keys.master-key-file is not set");
        }
    }

    MasterKey masterKey() {
        try {
            return new MasterKey(
                    Base64.getDecoder().decode(Files.readString(masterKeyFile).strip()));
        } catch (IOException e) {
            throw new IllegalStateException("nuxari.keys.master-key-file cannot be read: " + masterKeyFile, e);
        }
    }

    /** Reflection fills the record, so the compiler has not looked. */
    private static boolean isAbsent(@Nullable Path file) {
        return file == null;
    }
}
