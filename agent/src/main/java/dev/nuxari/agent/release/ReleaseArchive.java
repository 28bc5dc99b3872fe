package dev.nuxari.agent.release;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.protocol.release.ReleaseRefusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An archive that is unpacked: POSIX tar ({@code ustar}), compressed by gzip, with plain files and folders and nothing else. What it holds was
 * signed; the bounds are for a vendor's mistakes.
 */
final class ReleaseArchive {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int MODE_AT = 100;
    private static final int SIZE_AT = 124;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int EXECUTABLE = 0100;
    private static final int MOST_FILES = 4_000;
    private static final long LARGEST = 512L * 1024 * 1024;
    private static final Pattern PATH =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._+$-]{0,99}/){0,12}[A-Za-z0-9_][A-Za-z0-9._+$-]{0,99}");

    private final InputStream in;
    private final Path into;
    private int files;
    private long bytes;

    private ReleaseArchive(InputStream in, Path into) {
        this.in = in;
        this.into = into;
    }

    /** Unpacks into a folder that is not there yet; every byte is on disk when this returns. */
    static void unpack(Path archive, Path into) throws IOException {
        Files.createDirectory(into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), BLOCK * 64)) {
            var reading = new ReleaseArchive(in, into);
            byte[] header = new byte[BLOCK];
            while (reading.read(header)) {
                reading.entry(header);
            }
        } catch (ZipException | EOFException e) {
            throw refused("it ends too early, or is no gzip: " + e.getMessage());
        }
    }

    private static ReleaseRefused refused(String detail) {
        return new ReleaseRefused(ReleaseRefusal.NOT_AN_ARCHIVE, detail);
    }

    /** Two empty blocks, of which one is enough here, end the archive. */
    private boolean read(byte[] header) throws IOException {
        if (in.readNBytes(header, 0, BLOCK) < BLOCK) {
            throw new EOFException("no end of the archive");
        }
        return !Arrays.equals(header, new byte[BLOCK]);
    }

    private void entry(byte[] header) throws IOException {
        if (!text(header, MAGIC_AT, 5).equals("ustar") || ++files > MOST_FILES) {
            throw refused("another kind of archive, or too many files");
        }
        String prefix = text(header, PREFIX_AT, PREFIX_LENGTH);
        String name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME_LENGTH);
        String path = name.replaceFirst("^\\./", "").replaceFirst("/$", "");
        switch (header[TYPE_AT]) {
            case '5' -> folder(path);
            case '0', 0 -> file(path, octal(header, SIZE_AT, 12), (octal(header, MODE_AT, 8) & EXECUTABLE) != 0);
            default -> throw refused("neither a file nor a folder: " + path);
        }
    }

    private static String text(byte[] header, int at, int most) {
        int end = at;
        while (end < at + most && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, US_ASCII);
    }

    private static long octal(byte[] header, int at, int length) {
        try {
            return Long.parseUnsignedLong(text(header, at, length).strip(), 8);
        } catch (NumberFormatException e) {
            throw refused("a number that is none");
        }
    }

    private Path place(String path) {
        if (!PATH.matcher(path).matches()) {
            throw refused("a path that is not taken: " + path);
        }
        return into.resolve(path);
    }

    private void folder(String path) throws IOException {
        if (!path.isEmpty() && !path.equals(".")) {
            Files.createDirectories(place(path));
        }
    }

    private void file(String path, long size, boolean executable) throws IOException {
        Path place = place(path);
        bytes += size;
        if (size < 0 || bytes > LARGEST) {
            throw refused("too large");
        }
        Files.createDirectories(place.getParent());
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(channel, size);
            channel.force(false);
        }
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }

    private void copy(FileChannel channel, long size) throws IOException {
        byte[] buffer = new byte[BLOCK * 128];
        long left = size;
        while (left > 0) {
            int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (read == 0) {
                throw new EOFException("within a file");
            }
            ByteBuffer some = ByteBuffer.wrap(buffer, 0, read);
            while (some.hasRemaining()) {
                channel.write(some);
            }
            left -= read;
        }
    }
}
