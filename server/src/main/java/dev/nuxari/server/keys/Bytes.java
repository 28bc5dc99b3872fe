package dev.nuxari.server.keys;

/** Bytes that do not change and are not printed. */
final class Bytes {
    private final byte[] value;

    Bytes(byte[] value) {
        this.value = value.clone();
    }

    byte[] toArray() {
        return value.clone();
    }

    @Override
    public String toString() {
        return "***";
    }
}
