package io.steadyline.journal.recorder;

/**
 * Where what is in the recorder's file, in bytes. A successor of another version reads it: whoever changes a number here
 * changes {@link #VERSION}.
 *
 * <pre>
 *      0  header page: magic, version, sizes, CRC
 *   4096  process page: identity, state, heartbeat
 *   8192  ring of the last log lines: its head, then 64 KiB
 *  77824  call pages of 16 KiB: 512 fields, 5632 start message, 8192 rx ring, 2048 tx message
 * </pre>
 */
final class Layout {

    static final long MAGIC = 0x3152_4352_4c44_5453L; // "STDLRCR1", as bytes in little endian
    static final int VERSION = 1;

    /** A page of the memory manager: what has one writer does not share one with another's. */
    static final int SYSTEM_PAGE = 4096;

    static final int PROCESS = SYSTEM_PAGE;
    static final int LINES = PROCESS + SYSTEM_PAGE;
    /** About 400 lines of the usual length: more than the minute before a death has with 4 calls. */
    static final int LINE_RING_BYTES = 64 * 1024;

    static final int PAGES = LINES + SYSTEM_PAGE + LINE_RING_BYTES;

    static final int PAGE_BYTES = 16 * 1024;
    static final int FIELD_BYTES = 512;
    /** What is left of the page; Twilio's start message has about 700 bytes, and its custom parameters at most 500 characters. */
    static final int START_BYTES = 5632;
    /** More than 20 media messages (330 bytes each): 400 ms of a peer's backlog can be read in one turn. */
    static final int RX_BYTES = 8192;
    /** A frame of 60 ms at 24 kHz does not exist; one of 20 ms of µ-law is 300 bytes as JSON. */
    static final int TX_BYTES = 2048;

    static final int START = FIELD_BYTES;
    static final int RX = START + START_BYTES;
    static final int TX = RX + RX_BYTES;

    private Layout() {}

    static long fileBytes(int pages) {
        return PAGES + (long) pages * PAGE_BYTES;
    }

    static int pageAt(int index) {
        return PAGES + index * PAGE_BYTES;
    }
}
