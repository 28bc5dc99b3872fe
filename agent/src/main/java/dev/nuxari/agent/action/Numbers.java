package dev.nuxari.agent.action;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;

/** Accounts and groups by their numbers, which is how a file system knows them. */
public final class Numbers {
    private static final UserPrincipalLookupService HOST =
            FileSystems.getDefault().getUserPrincipalLookupService();

    private Numbers() {}

    static UserPrincipal owner(long number) throws IOException {
        return HOST.lookupPrincipalByName(Long.toString(number));
    }

    static GroupPrincipal group(long number) throws IOException {
        return HOST.lookupPrincipalByGroupName(Long.toString(number));
    }

    /** The JDK has the number of a principal as its hash code, or its complement; what it says of itself is a name. */
    public static long of(UserPrincipal principal) throws IOException {
        boolean group = principal instanceof GroupPrincipal;
        for (int candidate : new int[] {principal.hashCode(), ~principal.hashCode()}) {
            long number = Integer.toUnsignedLong(candidate);
            if ((group ? group(number) : owner(number)).equals(principal)) {
                return number;
            }
        }
        throw new IOException("an owner without a number");
    }
}
