package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Credential;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.RemoteLog;
import dev.nuxari.cli.api.Session;
import dev.nuxari.cli.api.Sessions;
import dev.nuxari.cli.api.SignedIn;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.kernel.Json;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the nouns go through: the API as the person who signed in. */
record Door(Sessions sessions, Place place, InstantSource clock) {
    private static final int SEARCHED = 1000;
    private static final int FULL_ID = 36;

    Api api() {
        return signedIn().api();
    }

    /** A log at this address, or that of the organization. Another server than one's own never sees one's token. */
    RemoteLog log(Optional<URI> address) {
        if (address.isEmpty()) {
            return signedIn().log();
        }
        boolean own = sessions.load()
                .map(session -> isSameServer(session.server(), address.get()))
                .orElse(false);
        return own ? signedIn().log(address.get()) : new RemoteLog(address.get(), Credential.NONE);
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }

    private SignedIn signedIn() {
        Session session = sessions.load()
                .orElseThrow(() -> new Unreachable("You are not signed in. \"nuxari login\" signs you in."));
        return new SignedIn(session, sessions::save, clock);
    }

    /** The one item of a list whose id begins or ends as given, so that nobody has to type 36 characters. */
    static String id(Api api, String list, String given) {
        if (given.length() == FULL_ID) {
            return given;
        }
        List<String> found = api.list(list, SEARCHED).stream()
                .map(item -> Fields.text(item, "id"))
                .filter(id -> id.startsWith(given) || id.endsWith(given))
                .toList();
        if (found.size() != 1) {
            throw new Usage((found.isEmpty() ? "Nothing" : found.size() + " items") + " under " + list
                    + " with an id that begins or ends with \"" + given + "\".");
        }
        return found.getFirst();
    }

    /** A list as JSON: the same form the API answers with, all pages in one. */
    static Json.Obj items(List<Json.Obj> items) {
        return Json.object("items", items);
    }
}
