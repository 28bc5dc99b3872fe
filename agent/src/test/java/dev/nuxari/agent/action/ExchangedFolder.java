package dev.nuxari.agent.action;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;

/** A folder whose owner is fast: what they do happens just before a file is opened, or just after. */
record ExchangedFolder(SecureDirectoryStream<Path> folder, Deed before, Deed after)
        implements SecureDirectoryStream<Path> {
    /** What the owner does. */
    interface Deed {
        void happens() throws IOException;

        static void nothing() {}
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        before.happens();
        SeekableByteChannel opened = folder.newByteChannel(path, options, attributes);
        after.happens();
        return opened;
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options) throws IOException {
        return folder.newDirectoryStream(path, options);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
        folder.deleteFile(path);
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
        folder.deleteDirectory(path);
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> target, Path name) throws IOException {
        folder.move(source, target instanceof ExchangedFolder other ? other.folder() : target, name);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
        return folder.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return folder.getFileAttributeView(path, type, options);
    }

    @Override
    public Iterator<Path> iterator() {
        return folder.iterator();
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
