package io.steadyline.websocket.dialect;

import java.util.List;

/** A JSON value of a small message. */
public sealed interface Json permits Json.Text, Json.Num, Json.Bool, Json.Null, Json.Arr, JsonObject {

    /** How a refusal shows it; the contents of arrays and objects are left out. */
    String shown();

    record Text(String value) implements Json {
        @Override
        public String shown() {
            return "'" + value + "'";
        }
    }

    /** @param literal as it was written; no conversion, so no cost that the sender chooses */
    record Num(String literal) implements Json {
        @Override
        public String shown() {
            return literal;
        }
    }

    record Bool(boolean value) implements Json {
        @Override
        public String shown() {
            return String.valueOf(value);
        }
    }

    record Null() implements Json {
        @Override
        public String shown() {
            return "null";
        }
    }

    record Arr(List<Json> items) implements Json {
        @Override
        public String shown() {
            return "an array";
        }
    }
}
