package dev.nuxari.protocol.release;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The vendor's private keys that are at hand. Those of root and targets are kept offline and in different hands; no server has any. */
public record ReleaseKeys(Map<ReleaseRole, List<Ed25519PrivateKey>> keys) {
    public ReleaseKeys {
        keys = Collections.unmodifiableMap(new EnumMap<>(keys));
    }

    /** New keys, so many of each role. */
    public static ReleaseKeys generate(Map<ReleaseRole, Integer> counts, SecureRandom random) {
        Map<ReleaseRole, List<Ed25519PrivateKey>> keys = new EnumMap<>(ReleaseRole.class);
        for (ReleaseRole role : ReleaseRole.values()) {
            keys.put(
                    role,
                    Stream.generate(() -> Ed25519PrivateKey.generate(random))
                            .limit(counts.getOrDefault(role, 1))
                            .toList());
        }
        return new ReleaseKeys(keys);
    }

    /** Those in a folder: {@code root-1.key} holds base64 of a seed. Roles of which there is none have none. */
    public static ReleaseKeys read(Path folder) throws IOException {
        Map<ReleaseRole, List<Ed25519PrivateKey>> keys = new EnumMap<>(ReleaseRole.class);
        for (ReleaseRole role : ReleaseRole.values()) {
            List<Ed25519PrivateKey> own = new ArrayList<>();
            for (int number = 1; Files.exists(file(folder, role, number)); number++) {
                String seed =
                        Files.readString(file(folder, role, number), US_ASCII).strip();
                own.add(new Ed25519PrivateKey(StrictBase64.decode(seed)));
            }
            keys.put(role, List.copyOf(own));
        }
        return new ReleaseKeys(keys);
    }

    /** Writes them where none are, for their owner's eyes only. */
    public void write(Path folder) throws IOException {
        var secret = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(folder);
        for (ReleaseRole role : ReleaseRole.values()) {
            int number = 0;
            for (Ed25519PrivateKey key : of(role)) {
                number++;
                Path file = Files.createFile(file(folder, role, number), secret);
                Files.writeString(file, StrictBase64.encode(key.seed()) + "\n", US_ASCII);
            }
        }
    }

    private static Path file(Path folder, ReleaseRole role, int number) {
        return folder.resolve(role.spelled() + "-" + number + ".key");
    }

    public List<Ed25519PrivateKey> of(ReleaseRole role) {
        return keys.getOrDefault(role, List.of());
    }
}
