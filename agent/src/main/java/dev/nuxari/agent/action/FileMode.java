package dev.nuxari.agent.action;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sets permission bits. No link leads out of where the host's policy lets it go: see {@link HostRoot}. */
final class FileMode implements Action {
    /** From the lowest, the others' execute bit, to the highest; the constants go the other way. */
    private static final List<PosixFilePermission> BITS =
            List.of(PosixFilePermission.values()).reversed();

    private final HostRoot root;

    FileMode(HostRoot root) {
        this.root = root;
    }

    /** What is done with a file that was reached. */
    private interface Use<T> {
        T of(PosixFileAttributeView file) throws IOException;
    }

    @Override
    public ActionType type() {
        return ActionType.FILE_MODE_SET;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        try {
            long mode = at(parameters, file -> mode(file.readAttributes().permissions()));
            Summary summary = Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", mode);
            return new Sight.Seen(mode == parameters.integer("mode"), summary);
        } catch (IOException e) {
            return new Sight.Unseen(Looking.failure(e));
        }
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        return set(parameters, parameters.integer("mode"));
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return set(parameters, before.values().integer("mode")).isEmpty();
    }

    private Optional<Failure> set(Json.Obj parameters, long mode) {
        try {
            return at(parameters, file -> {
                file.setPermissions(permissions(mode));
                return Optional.empty();
            });
        } catch (IOException e) {
            return Optional.of(Looking.failure(e));
        }
    }

    private <T> T at(Json.Obj parameters, Use<T> use) throws IOException {
        return root.patiently(parameters.string("path"), (folder, name) -> {
            PosixFileAttributeView file =
                    folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributes attributes = file.readAttributes();
            if (!attributes.isRegularFile() && !attributes.isDirectory()) {
                throw new IOException("neither a file nor a folder"); // a pipe would wait for its other end
            }
            return use.of(file);
        });
    }

    private static long mode(Set<PosixFilePermission> permissions) {
        return permissions.stream()
                .mapToLong(permission -> 1L << BITS.indexOf(permission))
                .sum();
    }

    private static Set<PosixFilePermission> permissions(long mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : BITS) {
            if ((mode >> BITS.indexOf(permission) & 1) == 1) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
