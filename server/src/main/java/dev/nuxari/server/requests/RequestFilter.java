package dev.nuxari.server.requests;

import org.jspecify.annotations.Nullable;

/**
 * Which requests are listed. What is absent does not restrict.
 *
 * @param mine only what the caller asked for, or what is about the caller's own access
 */
public record RequestFilter(boolean mine, Request.@Nullable State state) {}
