package dev.datastudio.core.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guesses by its name and by some values whether a column tells of a person. Errs on the side of saying so: all that is
 * lost is an example in a description. Pure functions; thread-safe.
 */
public final class PersonalColumns {
    /** Words that make a column personal wherever they stand in its name. */
    private static final Set<String> WORDS = Set.of(
            "email",
            "mail",
            "phone",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "fax",
            "address",
            "street",
            "surname",
            "lastname",
            "firstname",
            "fullname",
            "username",
            "nickname",
            "ssn",
            "passport",
            "iban",
            "bic",
            "birth",
            "birthday",
            "birthdate",
            "dob",
            "login",
            "password",
            "passwd",
            "pwd",
            "secret",
            "token",
            "ip",
            "signature",
            "contact",
            "religion",
            "ethnicity",
            "race",
            "diagnosis",
            "disease",
            "salutation",
            "postcode",
            "zip",
            "licence",
            "license",
            "latitude",
            "longitude");

    /** Words for people: a column called so, or so with "name", holds names. */
    private static final Set<String> PEOPLE = Set.of(
            "customer",
            "client",
            "patient",
            "employee",
            "person",
            "people",
            "student",
            "teacher",
            "doctor",
            "nurse",
            "passenger",
            "user",
            "author",
            "owner",
            "manager",
            "member",
            "guest",
            "tenant",
            "candidate",
            "applicant",
            "driver",
            "salesperson",
            "seller",
            "buyer",
            "supervisor",
            "boss",
            "spouse",
            "father",
            "mother",
            "child",
            "player",
            "recipient",
            "sender",
            "holder",
            "witness",
            "name",
            "first",
            "last",
            "middle",
            "maiden",
            "full",
            "family",
            "given",
            "nick");

    private static final Pattern PERSONAL_VALUE = Pattern.compile(
            "\\S+@\\S+\\.\\S+|https?://|\\+?[\\d(][\\d ()./-]{6,}|\\d{1,3}(\\.\\d{1,3}){3}|[A-Z]{2}\\d{2}[A-Z0-9 ]{10,}");

    private PersonalColumns() {}

    /** Whether a column of that name may hold what a person is known by. */
    public static boolean isPersonal(String column) {
        List<String> words = words(column);
        if (words.stream().anyMatch(WORDS::contains)) {
            return true;
        }
        return words.stream().allMatch(word -> PEOPLE.contains(word) || isNumber(word));
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    /** Whether there is something in a value that looks like a mail address, a telephone number, an account or the like. */
    public static boolean looksPersonal(String value) {
        return PERSONAL_VALUE.matcher(value).find();
    }

    /** The words of a name: {@code customerFirst_name2} gives customer, first, name, 2. */
    public static List<String> words(String name) {
        return Arrays.stream(name.replaceAll("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|(?<=\\p{L})(?=\\d)", " ")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
