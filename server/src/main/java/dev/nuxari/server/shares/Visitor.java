package dev.nuxari.server.shares;

import dev.nuxari.server.tenancy.Origin;

/**
 * Somebody with a link.
 *
 * @param origin the network they come from
 * @param userAgent what their program says of itself, shortened
 */
record Visitor(Origin origin, String userAgent) {
    private static final int LONGEST = 200;

    Visitor {
        userAgent = userAgent.substring(0, Math.min(userAgent.length(), LONGEST));
    }

    /** Where there is no address there is nobody to tell apart. */
    String network() {
        String ip = origin.ip();
        return ip == null ? "" : ip;
    }
}
