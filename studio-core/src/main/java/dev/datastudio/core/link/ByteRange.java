package dev.datastudio.core.link;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of some content (RFC 9110, section 14). Immutable.
 *
 * @param first the place of its first byte, from 0
 * @param last that of its last, included
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("(?i)bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Asked for a part that is not there. */
    static final class NotSatisfiable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotSatisfiable(String range, long size) {
            super("There are " + size + " bytes, and none of them is in the range " + range, null, false, false);
        }
    }

    /**
     * The part that a header asks for; empty when that is none or several, or no range at all: then all is given.
     *
     * @throws NotSatisfiable when the part begins behind the end
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher parts = SINGLE.matcher(header.strip());
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
            return Optional.empty();
        }
        boolean isEnd = parts.group(1).isEmpty();
        long number = Long.parseLong(isEnd ? parts.group(2) : parts.group(1));
        long first = isEnd ? Math.max(0, size - number) : number;
        long last = isEnd || parts.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(parts.group(2)));
        boolean backwards = !isEnd && !parts.group(2).isEmpty() && Long.parseLong(parts.group(2)) < number;
        if (backwards) {
            return Optional.empty();
        }
        if (first >= size || (isEnd && number == 0)) {
            throw new NotSatisfiable(header.strip(), size);
        }
        return Optional.of(new ByteRange(first, last));
    }

    long length() {
        return last - first + 1;
    }

    /** As the answer names it. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
