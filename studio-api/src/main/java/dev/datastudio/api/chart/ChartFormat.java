package dev.datastudio.api.chart;

/** What a picture is written as. */
public enum ChartFormat {
    /** Pixels, 24 bits each, without transparency. */
    PNG("png", "image/png"),
    /** Vectors in UTF-8, without scripts and without references to anything outside. */
    SVG("svg", "image/svg+xml");

    private final String extension;
    private final String mediaType;

    ChartFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** The end of a file name, without the dot: {@code png}. */
    public String extension() {
        return extension;
    }

    /** The MIME type: {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }
}
