package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Dead Simple Signing Envelope, version 1: what is signed says what it is (secure-systems-lab/dsse, protocol.md). */
public final class Dsse {
    private Dsse() {}

    /** The pre-authentication encoding: {@code "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload}. */
    public static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(UTF_8);
        byte[] before = ("DSSEv1 " + type.length + " ").getBytes(UTF_8);
        byte[] between = (" " + payload.length + " ").getBytes(UTF_8);
        return ByteBuffer.allocate(before.length + type.length + between.length + payload.length)
                .put(before)
                .put(type)
                .put(between)
                .put(payload)
                .array();
    }
}
