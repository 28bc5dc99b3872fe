package dev.nuxari.server.api;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 whose connections have smaller buffers for answers. The container makes them with the connection, for bytes and for characters,
 * and keeps them while a request waits. It asks the protocol for their size; there is no setting. Named in {@link ConnectionMemory}; the
 * container makes it by its name.
 */
public final class SmallAnswerBuffers extends Http11NioProtocol {
    private static final int BYTES = 2048;

    @Override
    public int getDesiredBufferSize() {
        return BYTES;
    }
}
