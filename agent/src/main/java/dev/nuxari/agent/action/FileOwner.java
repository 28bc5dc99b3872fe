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
import java.util.Optional;

/** Gives a file or folder to somebody; the kernel takes the bits that lend an identity away with it. */
final class FileOwner implements Action {
    private final HostRoot root;

    FileOwner(HostRoot root) {
        this.root = root;
    }

    @Override
    public ActionType type() {
        return ActionType.FILE_OWNER_SET;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        try {
            return root.patiently(parameters.string("path"), (folder, name) -> {
                PosixFileAttributes attributes = reached(folder.getFileAttributeView(
                                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
                        .readAttributes();
                long owner = Numbers.of(attributes.owner());
                long group = Numbers.of(attributes.group());
                return new Sight.Seen(
                        owner == parameters.integer("owner") && group == parameters.integer("group"),
                        Summary.of(SummaryKind.FILE_MODE, "present", true, "owner", owner, "group", group));
            });
        } catch (IOException e) {
            return new Sight.Unseen(Looking.failure(e));
        }
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        return give(parameters.string("path"), parameters);
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return give(parameters.string("path"), before.values()).isEmpty();
    }

    private Optional<Failure> give(String path, Json.Obj to) {
        try {
            return root.patiently(path, (folder, name) -> {
                PosixFileAttributeView file = reached(
                        folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
                file.setGroup(Numbers.group(to.integer("group")));
                file.setOwner(Numbers.owner(to.integer("owner")));
                return Optional.empty();
            });
        } catch (IOException e) {
            return Optional.of(Looking.failure(e));
        }
    }

    private static PosixFileAttributeView reached(PosixFileAttributeView file) throws IOException {
        PosixFileAttributes attributes = file.readAttributes();
        if (!attributes.isRegularFile() && !attributes.isDirectory()) {
            throw new IOException("neither a file nor a folder");
        }
        return file;
    }
}
