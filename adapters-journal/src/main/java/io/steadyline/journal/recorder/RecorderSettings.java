package io.steadyline.journal.recorder;

/**
 * @param pages calls that can be on record at the same time, 1 to 16,384; further ones have a page in plain memory
 */
public record RecorderSettings(int pages) {

    /** 16,384 pages are 256 MiB: more calls than one worker carries. */
    static final int MAX_PAGES = 16_384;

    public RecorderSettings {
        if (pages < 1 || pages > MAX_PAGES) {
            throw new IllegalArgumentException("pages: " + pages + " (expected: 1 to " + MAX_PAGES + ")");
        }
    }

    /** Size of the file, in bytes. */
    public long fileBytes() {
        return Layout.fileBytes(pages);
    }
}
