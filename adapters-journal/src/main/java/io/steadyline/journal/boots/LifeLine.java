package io.steadyline.journal.boots;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** One line of a life log: the CRC-32C of the JSON in 8 hexadecimal digits, a blank, the JSON, a line feed. */
final class LifeLine {

    private static final int CRC_DIGITS = 8;
    private static final ObjectWriter WRITE_BOOT = BootJson.MAPPER.writerFor(BootIdentity.class);
    private static final ObjectWriter WRITE_NOTE = BootJson.MAPPER.writerFor(Evidence.class);
    private static final ObjectReader READ_BOOT = BootJson.MAPPER.readerFor(BootIdentity.class);
    private static final ObjectReader READ_NOTE = BootJson.MAPPER.readerFor(Evidence.class);

    private LifeLine() {}

    static byte[] of(BootIdentity boot) throws JsonProcessingException {
        return framed(WRITE_BOOT.writeValueAsBytes(boot));
    }

    static byte[] of(Evidence note) throws JsonProcessingException {
        return framed(WRITE_NOTE.writeValueAsBytes(note));
    }

    static BootIdentity boot(byte[] line) throws IOException {
        return READ_BOOT.readValue(content(line));
    }

    static Evidence note(byte[] line) throws IOException {
        return READ_NOTE.readValue(content(line));
    }

    private static byte[] framed(byte[] json) {
        byte[] line = new byte[CRC_DIGITS + 1 + json.length + 1];
        byte[] crc = crc(json, 0, json.length);
        System.arraycopy(crc, 0, line, 0, CRC_DIGITS);
        line[CRC_DIGITS] = ' ';
        System.arraycopy(json, 0, line, CRC_DIGITS + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** @param line without its line feed */
    private static byte[] content(byte[] line) throws IOException {
        int from = CRC_DIGITS + 1;
        if (line.length <= from || line[CRC_DIGITS] != ' ') {
            throw new IOException("too short (" + line.length + " bytes)");
        }
        byte[] crc = crc(line, from, line.length - from);
        for (int digit = 0; digit < CRC_DIGITS; digit++) {
            if (line[digit] != crc[digit]) {
                throw new IOException("wrong checksum");
            }
        }
        byte[] json = new byte[line.length - from];
        System.arraycopy(line, from, json, 0, json.length);
        return json;
    }

    private static byte[] crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    }
}
