package dev.nuxari.server.scim;

import dev.nuxari.kernel.ProblemType;

/** Why a directory is not made or not changed. */
public enum DirectoryProblem implements ProblemType {
    NO_SUCH_DIRECTORY(404, "No such directory"),
    NO_SUCH_DIRECTORY_TOKEN(404, "No such token of this directory"),
    TOO_MANY_DIRECTORIES(409, "The organization has as many directories as it may have"),
    TOO_MANY_DIRECTORY_TOKENS(409, "The directory has as many tokens as it may have");

    private final int status;
    private final String title;

    DirectoryProblem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
