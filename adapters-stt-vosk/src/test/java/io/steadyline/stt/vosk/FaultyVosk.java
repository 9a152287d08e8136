package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.contract.Bench;
import io.steadyline.stt.contract.PeerPort;
import io.steadyline.stt.peer.PeerScript;
import io.steadyline.stt.peer.PeerScript.Act;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The native library with a real model, and a place where things go wrong: between the vendor's session and each recogniser. What the
 * contract calls a connection is a recogniser. Counts what is made and freed.
 */
final class FaultyVosk implements VoskLibrary, PeerPort {

    /** There is nobody on the other side who could say it, and no wire on which it could come in pieces. */
    private static final Set<String> HAS_NO_WORDS_FOR = Set.of("limit", "fragments", "auth", "quota", "server error");

    /** Its opening takes as long as the model takes to be read. */
    private static final int FIRST = 1;

    private final VoskLibrary real = new NativeVosk();
    private final PeerScript everyOther = new PeerScript();
    private final Map<Integer, PeerScript> scripts = new ConcurrentHashMap<>();
    private final List<FaultyRecogniser> recognisers = new CopyOnWriteArrayList<>();
    private final List<String> brokenRules = new CopyOnWriteArrayList<>();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger loaded = new AtomicInteger();
    private final AtomicInteger freed = new AtomicInteger();

    /** The vendor with it. */
    Bench bench(Path model) {
        return new Bench(new VoskVendor(this), this, Map.of("model", model.toString()), true, HAS_NO_WORDS_FOR);
    }

    @Override
    public Loaded load(Path directory) throws IOException {
        FaultyRecogniser.await(scriptOf(FIRST).openDelay());
        Loaded model = real.load(directory);
        loaded.incrementAndGet();
        return new Loaded() {
            @Override
            public Recogniser recogniser(VoskSettings settings) throws IOException {
                return open(model, settings);
            }

            @Override
            public void close() {
                if (!recognisers.stream().allMatch(FaultyRecogniser::isClosed)) {
                    brokenRules.add("the model is freed before its recognisers");
                }
                freed.incrementAndGet();
                model.close();
            }
        };
    }

    private Recogniser open(Loaded model, VoskSettings settings) throws IOException {
        int number = requests.incrementAndGet();
        PeerScript script = scriptOf(number);
        if (number > FIRST) {
            FaultyRecogniser.await(script.openDelay());
        }
        if (script.refusal().isPresent()) {
            throw new IllegalStateException("recogniser " + number + " cannot be made, as it was told");
        }
        FaultyRecogniser recogniser =
                new FaultyRecogniser(number, script, model.recogniser(settings), letGo, brokenRules::add);
        recognisers.add(recogniser);
        return recogniser;
    }

    private PeerScript scriptOf(int number) {
        return scripts.getOrDefault(number, everyOther);
    }

    @Override
    public PeerScript script(int number) {
        return scripts.computeIfAbsent(number, fresh -> new PeerScript());
    }

    @Override
    public PeerScript everyOther() {
        return everyOther;
    }

    @Override
    public List<String> whatIsOpen() {
        return recognisers.stream()
                .filter(FaultyRecogniser::isOpen)
                .map(FaultyRecogniser::toString)
                .toList();
    }

    @Override
    public int openedEver() {
        return recognisers.size();
    }

    @Override
    public Set<Integer> heard() {
        Set<Integer> heard = new HashSet<>();
        recognisers.forEach(recogniser -> heard.addAll(recogniser.heard()));
        return heard;
    }

    @Override
    public int requests() {
        return requests.get();
    }

    @Override
    public void dropAll() {
        recognisers.stream().filter(FaultyRecogniser::isOpen).forEach(each -> each.make(new Act.Drop()));
    }

    @Override
    public boolean namesWords() {
        return false;
    }

    @Override
    public void letGo() {
        letGo.countDown();
    }

    /** After the vendor: all that was made has been freed, once, and nothing of it was used after that. */
    @Override
    public void close() {
        assertThat(brokenRules).isEmpty();
        assertThat(recognisers).allMatch(FaultyRecogniser::isClosed);
        assertThat(freed).as("models freed, of those that were loaded").hasValue(loaded.get());
    }
}
