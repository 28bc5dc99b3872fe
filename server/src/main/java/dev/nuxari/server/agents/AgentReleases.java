package dev.nuxari.server.agents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A copy of the vendor's folder of releases. Agents believe nothing of it that is not signed, so nothing here is verified. */
@Component
class AgentReleases {
    /** The most that is answered at once: whoever wants more asks again, and others have their turns between. */
    static final int PART = 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[0-9a-z][0-9a-z.-]{0,160}\\.(json|tar\\.gz)");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,12})-([0-9]{1,12})");

    private final Optional<Path> folder;

    AgentReleases(AgentsConfig config) {
        this.folder = config.folder();
    }

    /** What is answered. */
    sealed interface Answer {
        /** A part of a file, or all of it. */
        @SuppressWarnings("ArrayRecordComponent") // It is written out, and compared with nothing.
        record Part(byte[] bytes, long from, long size, boolean whole) implements Answer {}

        /** There is no such file. */
        record Missing() implements Answer {}

        /** The file ends before that, or is larger than what is answered at once. */
        record OutOfRange(long size) implements Answer {}
    }

    /** A file's bytes from and to, as the header {@code Range} has them, or fewer; without it the whole of a small file. */
    Answer read(String name, @Nullable String range) throws IOException {
        Optional<Path> file = folder.filter(_ -> NAME.matcher(name).matches())
                .map(all -> all.resolve(name))
                .filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return new Answer.Missing();
        }
        try (FileChannel channel = FileChannel.open(file.get())) {
            long size = channel.size();
            Matcher asked = RANGE.matcher(range == null ? "" : range);
            if (!asked.matches()) {
                return size <= PART ? part(channel, 0, size, true) : new Answer.OutOfRange(size);
            }
            long from = Long.parseLong(asked.group(1));
            long end = Math.min(size, Math.min(Long.parseLong(asked.group(2)) + 1, from + PART));
            return from < end ? part(channel, from, end, false) : new Answer.OutOfRange(size);
        }
    }

    private static Answer part(FileChannel channel, long from, long end, boolean whole) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
        return new Answer.Part(bytes.array(), from, channel.size(), whole);
    }
}
