package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.agent.HostPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The host's policy, believed only if nobody but its owner can have written it. It is read anew before each order, so that a
 * change counts at once.
 *
 * @param owner the user id that has to own the file: root's
 */
record PolicyFile(Path path, int owner) {
    static final int ROOT = 0;

    private static final long LARGEST = 1024 * 1024;
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** What the host allows. */
    sealed interface Answer {
        /** Nothing at all, in the cases in which there is no policy. */
        HostPolicy policy();

        /** What the file says. */
        record Valid(HostPolicy policy) implements Answer {}

        /** There is no file. */
        record Absent() implements Answer {
            @Override
            public HostPolicy policy() {
                return HostPolicy.NOTHING;
            }
        }

        /** There is one, and it is not believed. */
        record Refused(String reason) implements Answer {
            @Override
            public HostPolicy policy() {
                return HostPolicy.NOTHING;
            }
        }

        /** The word in the agent's own health. */
        default String spelled() {
            return switch (this) {
                case Valid(var _) -> "valid";
                case Absent() -> "absent";
                case Refused(var _) -> "refused";
            };
        }
    }

    Answer read() {
        try {
            Path folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
            for (Path checked : List.of(folder, path)) {
                Optional<String> objection = objection(checked);
                if (objection.isPresent()) {
                    return new Answer.Refused(objection.get());
                }
            }
            return new Answer.Valid(HostPolicy.parse(new String(Files.readAllBytes(path), UTF_8)));
        } catch (NoSuchFileException e) {
            return new Answer.Absent();
        } catch (IOException e) {
            return new Answer.Refused("it cannot be read: " + e.getMessage());
        } catch (JsonException e) {
            return new Answer.Refused("it cannot be understood: " + e.getMessage());
        }
    }

    /** Why somebody else than the owner might have written what is here. */
    private Optional<String> objection(Path checked) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(checked, "unix:uid,permissions,size,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        if (Boolean.TRUE.equals(attributes.get("isSymbolicLink"))) {
            return Optional.of(checked + " is a link");
        }
        if (!Integer.valueOf(owner).equals(attributes.get("uid"))) {
            return Optional.of("%s belongs to user %s, not to %d".formatted(checked, attributes.get("uid"), owner));
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(checked, LinkOption.NOFOLLOW_LINKS);
        if (OF_OTHERS.stream().anyMatch(permissions::contains)) {
            return Optional.of(
                    "others can write %s (%s)".formatted(checked, PosixFilePermissions.toString(permissions)));
        }
        return attributes.get("size") instanceof Long size && size <= LARGEST
                ? Optional.empty()
                : Optional.of(checked + " is too large");
    }
}
