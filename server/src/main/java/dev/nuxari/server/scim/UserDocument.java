package dev.nuxari.server.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.GroupNode;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.scim.DirectoryUser.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A user between SCIM's spelling and ours. */
@Component
class UserDocument {
    private static final int LONGEST = 300;
    private static final int LARGEST = 32 * 1024;
    private static final String[] KEPT_ELSEWHERE = {
        "id", "meta", "groups", "password", "userName", "externalId", "active"
    };

    private final Redactor redactor;

    UserDocument(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * Reads what was sent. Passwords are not ours to keep, and forgotten here.
     *
     * @throws ScimRefused if it is nobody whom an address names, or too much
     */
    Draft read(User user) {
        String userName = text(user.getUserName().orElse(""));
        String externalId = user.getExternalId().map(UserDocument::text).orElse(null);
        EmailAddress address = address(user).orElseThrow(ScimRefusal.NO_ADDRESS::thrown);
        Json.Obj attributes = Json.parseObject(user.toString()).without(KEPT_ELSEWHERE);
        if (attributes.canonical().getBytes(UTF_8).length > LARGEST) {
            throw ScimRefusal.USER_TOO_LARGE.thrown();
        }
        return new Draft(
                userName, externalId, address.canonical(), user.isActive().orElse(true), redactor.redact(attributes));
    }

    static String text(String given) {
        if (given.isBlank() || given.length() > LONGEST || given.indexOf(0) >= 0) {
            throw ScimRefusal.TEXT_TOO_LONG.thrown();
        }
        return given;
    }

    /** The primary address, else the one for work, else the first; without any, the userName if it is one. In lower case. */
    private static Optional<EmailAddress> address(User user) {
        List<Email> emails = user.getEmails();
        return Stream.of(
                        emails.stream().filter(Email::isPrimary),
                        emails.stream()
                                .filter(email -> email.getType()
                                        .filter("work"::equalsIgnoreCase)
                                        .isPresent()),
                        emails.stream())
                .flatMap(some -> some)
                .map(email -> email.getValue().orElse(""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .or(user::getUserName)
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .flatMap(EmailAddress::parse);
    }

    /** What the filters read: the same in lower case, and what has columns of its own. */
    static Json.Obj search(DirectoryUser user) {
        Json.Obj lower = (Json.Obj) lower(user.document());
        return lower.with("id", user.id())
                .with("userName", user.userName().toLowerCase(Locale.ROOT))
                .withPresent("externalId", user.externalId())
                .with("active", user.active())
                .with("meta", meta(user.createdAt(), user.changedAt(), "user"));
    }

    static Json.Obj meta(Instant createdAt, Instant changedAt, String type) {
        return Json.object(
                "created",
                FilterPath.spelled(createdAt),
                "lastModified",
                FilterPath.spelled(changedAt),
                "resourceType",
                type);
    }

    static Json lower(Json value) {
        return switch (value) {
            case Json.Str(String text) -> Json.of(text.toLowerCase(Locale.ROOT));
            case Json.Arr(List<Json> items) ->
                Json.array(items.stream().map(UserDocument::lower).toArray());
            case Json.Obj object -> {
                Json.Obj lower = Json.object();
                for (var member : object.members().entrySet()) {
                    lower = lower.with(member.getKey(), lower(member.getValue()));
                }
                yield lower;
            }
            default -> value;
        };
    }

    /** As it is sent. */
    static User written(DirectoryUser user, List<GroupNode> groups) {
        Json.Obj whole = user.document()
                .with("id", user.id())
                .with("userName", user.userName())
                .withPresent("externalId", user.externalId())
                .with("active", user.active());
        if (!whole.has("schemas")) {
            whole = whole.with("schemas", Json.array(SchemaUris.USER_URI));
        }
        User sent = JsonHelper.readJsonDocument(whole.canonical(), User.class);
        sent.setMeta(Meta.builder()
                .created(user.createdAt())
                .lastModified(user.changedAt())
                .version(ETag.builder()
                        .weak(true)
                        .tag(String.valueOf(user.version()))
                        .build())
                .build());
        if (!groups.isEmpty()) {
            sent.setGroups(groups);
        }
        return sent;
    }

    /** What the member is called. */
    RedactedText displayName(DirectoryUser user) {
        User sent = written(user, List.of());
        Optional<Name> name = sent.getName();
        String given = name.flatMap(Name::getGivenName).orElse("");
        String family = name.flatMap(Name::getFamilyName).orElse("");
        String both = (given + " " + family).strip();
        String called = sent.getDisplayName()
                .or(() -> name.flatMap(Name::getFormatted))
                .filter(text -> !text.isBlank())
                .orElse(both.isEmpty() ? user.userName() : both);
        return redactor.redact(shortened(called));
    }

    static String givenName(DirectoryUser user) {
        return nameOf(user, "givenName");
    }

    static String familyName(DirectoryUser user) {
        return nameOf(user, "familyName");
    }

    private static String nameOf(DirectoryUser user, String part) {
        return shortened(user.document()
                .optionalObject("name")
                .flatMap(name -> name.optionalString(part))
                .orElse(""));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
