package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.Type;
import de.captaingoldfish.scim.sdk.common.schemas.Schema;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.filter.AndExpressionNode;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.AttributePathRoot;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.filter.NotExpressionNode;
import de.captaingoldfish.scim.sdk.server.filter.OrExpressionNode;
import dev.nuxari.kernel.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of SCIM as an SQL/JSON path over the searched document, so that the database filters, and is sent it as a value: no
 * statement is put together. Texts stand in it as JSON strings, whose every quote and backslash is escaped.
 */
final class FilterPath {
    /** As precise as the database's clock, and always as long, so that texts compare as the times do. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Set<String> AS_WRITTEN = Set.of("id", "externalId");
    private static final String SPECIAL = "\\.[]{}()*+?^$|-#&~ ";

    private FilterPath() {}

    static String of(FilterNode filter) {
        return "$ ? (" + condition(filter, null) + ")";
    }

    static String spelled(Instant instant) {
        return TIME.format(instant);
    }

    /**
     * Where a value stands in the document, for sorting. Of several values it is the first.
     *
     * @param attribute one that the schema knows
     */
    static List<String> place(SchemaAttribute attribute) {
        List<String> place = new ArrayList<>();
        extension(attribute).ifPresent(place::add);
        SchemaAttribute parent = attribute.getParent();
        if (parent != null) {
            place.add(parent.getName());
            if (parent.isMultiValued()) {
                place.add("0");
            }
        }
        place.add(attribute.getName());
        if (attribute.isMultivaluedComplexAttribute()) {
            place.add("0");
            place.add("value");
        }
        return place;
    }

    private static String condition(FilterNode node, @Nullable SchemaAttribute inside) {
        return switch (node) {
            case AndExpressionNode and -> both(and.getLeftNode(), " && ", and.getRightNode(), inside);
            case OrExpressionNode or -> both(or.getLeftNode(), " || ", or.getRightNode(), inside);
            case NotExpressionNode not -> "!(" + condition(not.getRightNode(), inside) + ")";
            case AttributePathRoot path -> path(path);
            case AttributeExpressionLeaf leaf -> leaf(leaf, inside);
            default -> throw ScimRefusal.BAD_FILTER.thrown();
        };
    }

    private static String both(FilterNode left, String word, FilterNode right, @Nullable SchemaAttribute inside) {
        return "(" + condition(left, inside) + word + condition(right, inside) + ")";
    }

    /** {@code emails[type eq "work"]}: of one and the same value. */
    private static String path(AttributePathRoot path) {
        FilterNode child = path.getChild();
        if (child == null) {
            throw ScimRefusal.BAD_FILTER.thrown();
        }
        SchemaAttribute attribute = path.getSchemaAttribute();
        return "exists(" + from(attribute, null) + "[*] ? (" + condition(child, attribute) + "))";
    }

    private static String leaf(AttributeExpressionLeaf leaf, @Nullable SchemaAttribute inside) {
        SchemaAttribute attribute = leaf.getSchemaAttribute();
        String place = from(attribute, inside);
        Comparator comparator = leaf.getComparator();
        if (comparator == Comparator.PR) {
            return "exists(" + place + ")";
        }
        if (leaf.isNull()) {
            return switch (comparator) {
                case EQ -> "!(exists(" + place + "))";
                case NE -> "exists(" + place + ")";
                default -> throw ScimRefusal.BAD_FILTER.thrown();
            };
        }
        return compared(place, comparator, value(leaf, attribute));
    }

    private static String compared(String place, Comparator comparator, Json value) {
        return switch (comparator) {
            case EQ -> place + " == " + value.canonical();
            case NE -> "!(" + place + " == " + value.canonical() + ")";
            case GT, GE, LT, LE -> place + ordering(comparator) + value.canonical();
            case SW -> place + " starts with " + text(value).canonical();
            case CO -> place + " like_regex " + text(value).canonical() + " flag \"q\"";
            case EW ->
                place + " like_regex "
                        + Json.of(literally(text(value).value()) + "$").canonical();
            case PR -> throw new IllegalStateException("a presence has no value");
        };
    }

    private static String ordering(Comparator comparator) {
        return switch (comparator) {
            case GT -> " > ";
            case GE -> " >= ";
            case LT -> " < ";
            case LE -> " <= ";
            default -> throw new IllegalArgumentException(comparator + " is about no order");
        };
    }

    private static Json.Str text(Json value) {
        if (value instanceof Json.Str text) {
            return text;
        }
        throw ScimRefusal.BAD_FILTER.thrown();
    }

    private static Json value(AttributeExpressionLeaf leaf, SchemaAttribute attribute) {
        Json value = attribute.getType() == Type.DATE_TIME
                ? leaf.getDateTime().<Json>map(time -> Json.of(spelled(time))).orElseGet(() -> Json.of(leaf.getValue()))
                : leaf.getBooleanValue()
                        .<Json>map(Json::of)
                        .or(() -> leaf.getNumberValue().map(number -> Json.of(number.doubleValue())))
                        .orElseGet(() -> Json.of(leaf.getStringValue().orElseGet(leaf::getValue)));
        if (value instanceof Json.Str(String text)) {
            if (text.indexOf(0) >= 0) {
                throw ScimRefusal.BAD_FILTER.thrown();
            }
            boolean asWritten = AS_WRITTEN.contains(attribute.getName()) || attribute.getType() == Type.DATE_TIME;
            return asWritten ? value : Json.of(text.toLowerCase(Locale.ROOT));
        }
        return value;
    }

    /** As a regular expression that means these letters. */
    private static String literally(String text) {
        StringBuilder literal = new StringBuilder();
        text.codePoints().forEach(letter -> {
            if (SPECIAL.indexOf(letter) >= 0) {
                literal.append('\\');
            }
            literal.appendCodePoint(letter);
        });
        return literal.toString();
    }

    private static String from(SchemaAttribute attribute, @Nullable SchemaAttribute inside) {
        StringBuilder place = new StringBuilder("@");
        SchemaAttribute parent = attribute.getParent();
        if (inside == null) {
            extension(attribute).ifPresent(uri -> step(place, uri));
            if (parent != null) {
                step(place, parent.getName());
            }
        }
        step(place, attribute.getName());
        return place.toString();
    }

    private static void step(StringBuilder place, String name) {
        place.append('.').append(Json.of(name).canonical());
    }

    /** The schema in whose own object the attribute stands; none for the user's and the group's own. */
    private static Optional<String> extension(SchemaAttribute attribute) {
        return Optional.ofNullable(attribute.getSchema())
                .flatMap(Schema::getId)
                .filter(SchemaUris.ENTERPRISE_USER_URI::equals);
    }
}
