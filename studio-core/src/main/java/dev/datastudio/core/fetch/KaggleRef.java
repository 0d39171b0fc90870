package dev.datastudio.core.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a data set of kaggle.com, or one file of it. Immutable.
 *
 * @param owner as in the address of its page
 * @param name as in the address of its page
 * @param file a file of it; empty for all
 */
public record KaggleRef(String owner, String name, String file) {
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern PAGE = Pattern.compile(
            "(?:https?://(?:www\\.)?kaggle\\.com/)?(?:datasets/)?([^/?#]+)/([^/?#]+)(?:/([^?#]+))?/?(?:[?#].*)?");

    /** @throws IllegalArgumentException if a part can't be one */
    public KaggleRef {
        if (!SLUG.matcher(owner).matches() || !SLUG.matcher(name).matches()) {
            throw new IllegalArgumentException("owner and name must be 1..100 letters, digits, '.', '_' and '-', were '"
                    + owner + "' and '" + name + "'");
        }
        if (file.length() > 500 || file.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("file must have at most 500 characters and no control characters");
        }
    }

    /** A whole data set. */
    public static KaggleRef of(String owner, String name) {
        return new KaggleRef(owner, name, "");
    }

    /**
     * Reads {@code OWNER/NAME}, {@code OWNER/NAME/FILE} or the address of a data set's page.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static KaggleRef parse(String text) {
        Matcher page = PAGE.matcher(text.strip());
        if (!page.matches()) {
            throw new IllegalArgumentException("a Kaggle data set must be named OWNER/NAME, was '" + text + "'");
        }
        return new KaggleRef(page.group(1), page.group(2), page.group(3) == null ? "" : page.group(3));
    }

    @Override
    public String toString() {
        return owner + "/" + name + (file.isEmpty() ? "" : "/" + file);
    }
}
