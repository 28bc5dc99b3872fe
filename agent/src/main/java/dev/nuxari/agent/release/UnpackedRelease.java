package dev.nuxari.agent.release;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.release.ReleaseRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A release as it lies on the host, which is looked at again file by file: its list of files is signed. */
final class UnpackedRelease {
    /** The list, as {@code sha256sum} writes and checks it. */
    static final String FILES = "FILES";

    /** Made on the host, and no part of the release. Root never uses one from here. */
    static final String CACHE = "agent.aot";

    private static final int LARGEST_LIST = 1024 * 1024;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (?:\\./)?(\\S+)");

    private UnpackedRelease() {}

    /** Why this is not the release with this list: something is missing, more than it, or other than it. */
    static void require(Path folder, String listHash) throws IOException {
        Optional<String> objection = objection(folder, listHash);
        if (objection.isPresent()) {
            throw new ReleaseRefused(ReleaseRefusal.WRONG_HASH, objection.get());
        }
    }

    private static Optional<String> objection(Path folder, String listHash) throws IOException {
        if (!Files.isRegularFile(folder.resolve(FILES), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("there is no list of its files");
        }
        byte[] list;
        try (InputStream in = Files.newInputStream(folder.resolve(FILES), LinkOption.NOFOLLOW_LINKS)) {
            list = in.readNBytes(LARGEST_LIST);
        }
        if (!Sha256.hexOf(list).equals(listHash)) {
            return Optional.of("its list of files is not the signed one");
        }
        return objection(folder, listed(new String(list, US_ASCII)));
    }

    private static Map<String, String> listed(String list) {
        Map<String, String> hashes = new HashMap<>();
        list.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> hashes.put(line.group(2), line.group(1)));
        return hashes;
    }

    private static Optional<String> objection(Path folder, Map<String, String> hashes) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        int found = 0;
        for (Path file : all) {
            String name = folder.relativize(file).toString();
            if (name.equals(FILES) || name.equals(CACHE)) {
                continue;
            }
            String wanted = hashes.get(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !ReleaseClient.sha256(file).equals(wanted)) {
                return Optional.of(name + " is not as it was signed");
            }
            found++;
        }
        return found == hashes.size() ? Optional.empty() : Optional.of("files are missing");
    }
}
