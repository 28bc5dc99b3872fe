package dev.nuxari.platform;

/** Hears what is being done while something slow happens, such as the first build of Keycloak. */
public interface Progress {
    /** Announces the next step, in words for a person. */
    void step(String what);

    /** The last announced step is over. */
    default void done() {}

    /** Nobody is listening. */
    static Progress silent() {
        return _ -> {};
    }
}
