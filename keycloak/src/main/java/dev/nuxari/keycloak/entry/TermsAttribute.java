package dev.nuxari.keycloak.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The attribute of an organization in which the server tells its terms: docs/formats/broker-terms.md. It is read strictly. What is
 * not understood keeps everybody out, because it may be what forbids.
 */
final class TermsAttribute {
    static final String NAME = "nuxari.terms";

    private static final Pattern PART = Pattern.compile("([1-9]\\d{0,3})/([1-9]\\d{0,3}):(.*)", Pattern.DOTALL);
    private static final Set<String> MEMBERS =
            Set.of("version", "loginMethods", "ipAllowlist", "mfaRequired", "sessionMaxAge");
    private static final int MOST_NETWORKS = 1000;
    private static final long LEAST_AGE = Duration.ofMinutes(15).toSeconds();
    private static final long MOST_AGE = Duration.ofDays(30).toSeconds();
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TermsAttribute() {}

    /** Reads the values of the attribute. */
    static EntryTerms read(@Nullable List<String> values) {
        if (values == null || values.isEmpty()) {
            return new EntryTerms.None();
        }
        try {
            return parse(joined(values));
        } catch (JsonProcessingException e) {
            return new EntryTerms.Unreadable("is no JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return new EntryTerms.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** A value of an attribute has at most 255 characters, and Keycloak does not keep the order of several. */
    private static String joined(List<String> values) {
        Map<Integer, String> parts = new TreeMap<>();
        for (String value : values) {
            Matcher part = PART.matcher(value);
            boolean isOneOfThese = part.matches()
                    && Integer.parseInt(part.group(2)) == values.size()
                    && Integer.parseInt(part.group(1)) <= values.size()
                    && parts.put(Integer.parseInt(part.group(1)), part.group(3)) == null;
            if (!isOneOfThese) {
                throw new IllegalArgumentException("its parts do not belong together");
            }
        }
        return String.join("", parts.values());
    }

    private static EntryTerms parse(String text) throws JsonProcessingException {
        JsonNode terms = JSON.readTree(text);
        if (!terms.propertyStream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet())
                .equals(MEMBERS)) {
            throw new IllegalArgumentException("is no object with exactly the members that terms have");
        }
        number(terms, "version", 1, Integer.MAX_VALUE);
        List<LoginMethod> methods = each(terms, "loginMethods", LoginMethod.values().length, TermsAttribute::method);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("loginMethods is empty");
        }
        return new EntryTerms.Known(
                EnumSet.copyOf(methods),
                each(terms, "ipAllowlist", MOST_NETWORKS, Network::parse),
                isOfEverybody(terms),
                Duration.ofSeconds(number(terms, "sessionMaxAge", LEAST_AGE, MOST_AGE)));
    }

    private static LoginMethod method(String text) {
        return LoginMethod.ofSpelling(text)
                .orElseThrow(() -> new IllegalArgumentException("loginMethods has something that is no method"));
    }

    private static boolean isOfEverybody(JsonNode terms) {
        return switch (terms.get("mfaRequired").asText()) {
            case "everybody" -> true;
            case "nobody" -> false;
            default -> throw new IllegalArgumentException("mfaRequired is neither nobody nor everybody");
        };
    }

    private static long number(JsonNode terms, String name, long least, long most) {
        JsonNode value = terms.get(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new IllegalArgumentException(name + " is no number between " + least + " and " + most);
        }
        return value.longValue();
    }

    private static <T> List<T> each(JsonNode terms, String name, int most, Function<String, T> read) {
        JsonNode values = terms.get(name);
        if (!values.isArray() || values.size() > most) {
            throw new IllegalArgumentException(name + " is no list of at most " + most);
        }
        List<T> items = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isTextual()) {
                throw new IllegalArgumentException(name + " has something that is no text");
            }
            items.add(read.apply(value.textValue()));
        }
        return items;
    }
}
