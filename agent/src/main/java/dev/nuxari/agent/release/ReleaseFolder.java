package dev.nuxari.agent.release;

import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The releases beside the package's own program, and how far the host is with them. An update is one link under one of four names, and each of
 * its steps is one rename: {@code next} by the agent that runs, {@code trying} by the launcher, {@code current} by the release itself once it has
 * checked in, {@code refused} by the launcher if it has not.
 *
 * @param running the version that this process is
 */
public record ReleaseFolder(Path path, ReleaseVersion running) {
    private static final String NEXT = "next";
    private static final String TRYING = "trying";
    private static final String CURRENT = "current";
    private static final String REFUSED = "refused";
    private static final List<String> LINKS = List.of(NEXT, TRYING, CURRENT);
    private static final String PARTIAL = ".part";
    private static final String UNPACKING = ".new";

    /** Whether this process is a release that is being tried, and has not checked in. */
    public boolean isOnTrial() {
        return named(TRYING).filter(running::equals).isPresent();
    }

    /** The server has answered this process: from here on it is what runs. */
    public void confirm() throws IOException {
        rename(TRYING, CURRENT);
    }

    /** Whether this release will be tried when the agent is started next, or is being tried by this process. */
    boolean isOpen(ReleaseVersion version) {
        return isNext(version) || (version.equals(running) && isOnTrial());
    }

    private boolean isNext(ReleaseVersion version) {
        return named(NEXT).filter(version::equals).isPresent();
    }

    /** Whether it was tried and has not checked in. */
    boolean isRefused(ReleaseVersion version) {
        return named(REFUSED).filter(version::equals).isPresent();
    }

    private Optional<ReleaseVersion> named(String link) {
        try {
            return ReleaseVersion.find(
                    Files.readSymbolicLink(path.resolve(link)).toString());
        } catch (IOException e) {
            return Optional.empty(); // there is none
        }
    }

    /** Has this release tried at the next start. */
    void tryNext(ReleaseVersion version) throws IOException {
        Files.deleteIfExists(path.resolve(REFUSED));
        Path beside = path.resolve("link" + UNPACKING);
        Files.deleteIfExists(beside);
        Files.createSymbolicLink(beside, Path.of(version.toString()));
        rename(String.valueOf(beside.getFileName()), NEXT);
    }

    private void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        settle();
    }

    /** What the folder names is on disk. */
    private void settle() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    Path partial(Release release) {
        return path.resolve(release.sha256() + PARTIAL);
    }

    public Path of(ReleaseVersion version) {
        return path.resolve(version.toString());
    }

    /** Unpacks an archive and looks at what came of it; then it is there whole, or not at all. */
    void unpack(Release release) throws IOException {
        Path beside = path.resolve(release.version() + UNPACKING);
        delete(beside);
        delete(of(release.version()));
        ReleaseArchive.unpack(partial(release), beside);
        UnpackedRelease.require(beside, release.files());
        Files.move(beside, of(release.version()), StandardCopyOption.ATOMIC_MOVE);
        settle();
        Files.delete(partial(release));
    }

    /** Takes away what is of no use any more: what is neither running nor to be, except for this archive. */
    void tidy(Optional<Release> wanted) throws IOException {
        Files.createDirectories(path);
        Set<String> kept = LINKS.stream()
                .flatMap(link -> named(link).stream())
                .map(ReleaseVersion::toString)
                .collect(Collectors.toSet());
        kept.add(running.toString());
        wanted.ifPresent(release -> kept.add(String.valueOf(partial(release).getFileName())));
        try (Stream<Path> all = Files.list(path)) {
            for (Path one : all.toList()) {
                String name = String.valueOf(one.getFileName());
                boolean ours =
                        ReleaseVersion.find(name).isPresent() || name.endsWith(PARTIAL) || name.endsWith(UNPACKING);
                if (ours && !kept.contains(name)) {
                    delete(one);
                }
            }
        }
    }

    private static void delete(Path what) throws IOException {
        if (!Files.exists(what, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(what, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
