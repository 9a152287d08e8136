package io.steadyline.journal.boots;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.steadyline.restart.Evidence;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * JSON of boot records. The domain's values carry no annotations; what JSON needs to know about them stands here. A kind
 * of evidence is named by its class; fields that are not known are passed over, so that an older build can read on.
 */
final class BootJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(Evidence.class, Kinds.class)
            .addModule(values())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A record whose parts are null would fail far from here.
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private BootJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Evidence.MachineBootChanged.class, name = "MachineBootChanged"),
        @JsonSubTypes.Type(value = Evidence.CleanMark.class, name = "CleanMark"),
        @JsonSubTypes.Type(value = Evidence.StopAsked.class, name = "StopAsked"),
        @JsonSubTypes.Type(value = Evidence.HandOver.class, name = "HandOver"),
        @JsonSubTypes.Type(value = Evidence.WaitStatus.class, name = "WaitStatus"),
        @JsonSubTypes.Type(value = Evidence.ServiceResult.class, name = "ServiceResult"),
        @JsonSubTypes.Type(value = Evidence.CrashReport.class, name = "CrashReport"),
        @JsonSubTypes.Type(value = Evidence.HeapExhausted.class, name = "HeapExhausted"),
        @JsonSubTypes.Type(value = Evidence.OwnDecision.class, name = "OwnDecision"),
        @JsonSubTypes.Type(value = Evidence.MemoryNoted.class, name = "MemoryNoted"),
        @JsonSubTypes.Type(value = Evidence.KernelOomKill.class, name = "KernelOomKill"),
        @JsonSubTypes.Type(value = Evidence.RuntimeExit.class, name = "RuntimeExit"),
        @JsonSubTypes.Type(value = Evidence.Uncaught.class, name = "Uncaught"),
        @JsonSubTypes.Type(value = Evidence.MainReturned.class, name = "MainReturned"),
        @JsonSubTypes.Type(value = Evidence.ProbesTroubled.class, name = "ProbesTroubled"),
        @JsonSubTypes.Type(value = Evidence.Stalled.class, name = "Stalled"),
        @JsonSubTypes.Type(value = Evidence.AutoReload.class, name = "AutoReload"),
        @JsonSubTypes.Type(value = Evidence.LastHeartbeat.class, name = "LastHeartbeat"),
        @JsonSubTypes.Type(value = Evidence.Missing.class, name = "Missing")
    })
    private interface Kinds {}

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("boot records");
        module.addSerializer(new Writer<>(Instant.class, (at, out) -> out.writeString(at.toString())));
        module.addDeserializer(Instant.class, new Reader<>(Instant.class, in -> Instant.parse(in.getText())));
        module.addSerializer(new Writer<>(Duration.class, (length, out) -> out.writeString(length.toString())));
        module.addDeserializer(Duration.class, new Reader<>(Duration.class, in -> Duration.parse(in.getText())));
        module.addSerializer(new Writer<Optional<?>>(
                Optional.class,
                (text, out) -> out.writeString(text.map(Object::toString).orElse(null))));
        module.addDeserializer(
                Optional.class, new Reader<Optional<String>>(Optional.class, in -> Optional.of(in.getText())) {
                    @Override
                    public Optional<String> getNullValue(DeserializationContext context) {
                        return Optional.empty();
                    }
                });
        module.addSerializer(new Writer<OptionalInt>(OptionalInt.class, (number, out) -> {
            if (number.isPresent()) {
                out.writeNumber(number.getAsInt());
            } else {
                out.writeNull();
            }
        }));
        module.addDeserializer(
                OptionalInt.class, new Reader<OptionalInt>(OptionalInt.class, in -> OptionalInt.of(in.getIntValue())) {
                    @Override
                    public OptionalInt getNullValue(DeserializationContext context) {
                        return OptionalInt.empty();
                    }
                });
        module.addSerializer(new Writer<OptionalLong>(OptionalLong.class, (number, out) -> {
            if (number.isPresent()) {
                out.writeNumber(number.getAsLong());
            } else {
                out.writeNull();
            }
        }));
        module.addDeserializer(
                OptionalLong.class,
                new Reader<OptionalLong>(OptionalLong.class, in -> OptionalLong.of(in.getLongValue())) {
                    @Override
                    public OptionalLong getNullValue(DeserializationContext context) {
                        return OptionalLong.empty();
                    }
                });
        return module;
    }

    private interface Write<T> {
        void to(T value, JsonGenerator out) throws IOException;
    }

    private interface Read<T> {
        T from(JsonParser in) throws IOException;
    }

    private static final class Writer<T> extends StdSerializer<T> {
        private final transient Write<T> write;

        Writer(Class<?> type, Write<T> write) {
            super(type, false);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            write.to(value, out);
        }
    }

    /** What is absent is what null stands for. */
    private static class Reader<T> extends StdDeserializer<T> {
        private final transient Read<T> read;

        Reader(Class<?> type, Read<T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return read.from(in);
            } catch (DateTimeException unreadable) {
                throw context.weirdStringException(in.getText(), handledType(), unreadable.getMessage());
            }
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
            return getNullValue(context);
        }
    }
}
