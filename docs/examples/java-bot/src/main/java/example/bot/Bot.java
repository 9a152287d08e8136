package example.bot;

import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Open;
import java.util.function.Function;

/** A bot in one call. Told what happens in the order in which it happened, by one thread at a time. */
interface Bot {

    void on(AttendResponse response);

    /**
     * @param name what operators call it, unless the command line says otherwise
     * @param open what it wants of each call; the token is filled in
     * @param make called once for each call
     */
    record Kind(String name, Open open, Function<Call, Bot> make) {}
}
