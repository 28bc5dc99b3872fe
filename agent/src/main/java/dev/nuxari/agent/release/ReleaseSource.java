package dev.nuxari.agent.release;

import java.io.IOException;
import java.util.Optional;

/** Where releases and their metadata come from. Nothing that it gives is believed. */
public interface ReleaseSource {
    /**
     * A part of a file.
     *
     * @param from the first byte that is wanted
     * @param most how many are wanted; one more is given where the source has not kept to that
     * @return empty if there is no such file
     * @throws IOException if nothing came, or not in time
     */
    Optional<byte[]> part(String name, long from, int most) throws IOException, InterruptedException;
}
