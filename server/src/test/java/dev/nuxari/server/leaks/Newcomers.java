package dev.nuxari.server.leaks;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.leaks.Wire.Answer;
import dev.nuxari.server.leaks.Wire.Call;
import dev.nuxari.server.testing.TestAgents;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The part of the {@link Story} about those who come from elsewhere: by a directory, or by a provider of the organization. */
record Newcomers(Story story, Canaries canaries, Wire wire, TestOrganization organization) {
    /** Puts the ids of what it makes to the others. */
    void come(Map<String, String> ids) {
        directory(ids);
        federate(ids);
        agents(ids);
    }

    /** Agents in whose names there are secrets, and in why they are to do something. */
    private void agents(Map<String, String> ids) {
        for (Kind kind : Kind.values()) {
            Json.Obj named = Json.object("name", canaries.text("name of an agent", kind));
            Answer added = story.send(Role.OWNER, Call.of("POST", "/agents", named.canonical()));
            if (added.status() != 201) {
                continue;
            }
            String id = added.json().string("id");
            String token = story.created(Role.OWNER, "/agents/" + id + "/enrolment-tokens", Json.object())
                    .string("id");
            ids.put("AgentId", TestAgents.enrolled(id));
            ids.put("EnrolmentTokenId", token);
            Json.Obj action = Json.object(
                    "type",
                    "file-mode.set",
                    "parameters",
                    Json.object("path", "/srv/app", "mode", 420),
                    "justification",
                    canaries.text("justification of an agent's action", kind));
            story.send(Role.OWNER, Call.of("POST", "/agents/" + id + "/actions", action.canonical()));
            story.get("/agents/" + id);
        }
    }

    /** A directory, in whose name there are secrets, and in what it sends of its users. */
    private void directory(Map<String, String> ids) {
        Json.Obj settings = Json.object("name", "D", "defaultRole", "readonly", "ceiling", "readonly");
        String id = story.created(Role.OWNER, "/directories", settings).string("id");
        ids.put("DirectoryId", id);
        Json.Obj issued = story.created(Role.OWNER, "/directories/" + id + "/tokens", Json.object());
        ids.put("DirectoryTokenId", issued.string("id"));
        String domain = verified();
        int users = 0;
        for (Kind kind : Kind.values()) {
            rename(id, settings.with("name", canaries.text("name of a directory", kind)));
            Json.Obj groupRole = Json.object(
                    "matchedBy", "display-name", "role", "readonly", "value", canaries.text("name of a group", kind));
            rename(id, settings.with("groupRoles", List.of(groupRole)));
            users++;
            Json.Obj user = Json.object(
                    "schemas",
                    List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
                    "userName",
                    "u" + users + "@" + domain,
                    "title",
                    canaries.text("title of a user", kind));
            Answer answer = wire.send(
                    "user of a directory",
                    Call.of("POST", "/scim/v2/" + organization.id() + "/Users", user.canonical())
                            .with("Authorization", "Bearer " + issued.string("token")));
            if (answer.status() != 201) {
                throw new AssertionError(answer.text());
            }
        }
    }

    private void rename(String directory, Json.Obj settings) {
        String path = "/directories/" + directory;
        long version = story.get(path).json().object("directory").integer("version");
        story.send(Role.OWNER, Call.of("PUT", path, settings.canonical()).with("If-Match", "\"" + version + "\""));
    }

    private String verified() {
        String domain = "d" + UUID.randomUUID() + ".example";
        String id = story.created(Role.OWNER, "/domains", Json.object("domain", domain))
                .string("id");
        TestDatabase.beyondTheWalls()
                .sql("UPDATE organization_domain SET state = 'verified', verified_at = added_at WHERE domain_id = ?")
                .param(UUID.fromString(id))
                .update();
        return domain;
    }

    /** Providers with secrets in every place where something is written; drafts, of which each makes room for the next. */
    private void federate(Map<String, String> ids) {
        for (Kind kind : Kind.values()) {
            Json.Obj honest =
                    Json.object("name", "Acme", "preset", "oidc", "issuer", "https://127.0.0.1", "clientId", "nuxari");
            provider(ids, honest.with("clientSecret", canaries.text("secret of a provider's client", kind)));
            provider(ids, honest.with("name", canaries.text("name of a provider", kind)));
            for (String place : List.of("issuer", "clientId", "groupsClaim")) {
                provider(ids, honest.with(place, canaries.text(place + " of a provider", kind)));
            }
            Json.Obj group = Json.object("group", canaries.text("group of a provider", kind), "role", "readonly");
            provider(ids, honest.with("groups", List.of(group)));
            for (String place : List.of("metadataUrl", "metadataXml", "emailAttribute")) {
                provider(
                        ids,
                        Json.object("name", "Acme", "preset", "saml")
                                .with(place, canaries.text(place + " of a provider", kind)));
            }
        }
    }

    private void provider(Map<String, String> ids, Json.Obj wanted) {
        Answer added = story.send(Role.OWNER, Call.of("POST", "/identity-providers", wanted.canonical()));
        if (added.status() == 201) {
            String path = "/identity-providers/" + added.json().string("id");
            ids.put("ProviderId", added.json().string("id"));
            story.send(Role.OWNER, Call.of("PUT", path, wanted.canonical()).with("If-Match", "\"1\""));
            story.get(path);
            story.send(Role.OWNER, Call.of("POST", path + "/checks", "{}"));
            story.send(Role.OWNER, Call.of("POST", path + "/removals", "{}"));
        }
    }
}
