package io.steadyline.simulator.voice;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads the TwiML that a webhook answers with. Names are case-sensitive, as they are to Twilio; a document type is refused,
 * so that nothing outside of the document is ever read. Any thread.
 */
final class TwimlReader {

    /** Twilio, {@code <Pause>}: a length without an attribute, in seconds. */
    private static final long DEFAULT_PAUSE_S = 1;

    private static final ErrorHandler STRICT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException warning) throws SAXException {
            throw warning;
        }

        @Override
        public void error(SAXParseException error) throws SAXException {
            throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            throw error;
        }
    };

    /** What a text turned out to be. */
    sealed interface Reading {}

    record Document(List<Verb> verbs) implements Reading {
        Document {
            verbs = List.copyOf(verbs);
        }
    }

    /** Twilio would log error 12100 or 12200, and end the call. */
    record Unusable(String why) implements Reading {}

    Reading read(String text) {
        try {
            Element response =
                    parser().parse(new InputSource(new StringReader(text))).getDocumentElement();
            if (!response.getTagName().equals("Response")) {
                return new Unusable("<" + response.getTagName() + "> (expected: <Response>)");
            }
            List<Verb> verbs = new ArrayList<>();
            for (Element element : childrenOf(response)) {
                verbs.add(verb(element));
            }
            return new Document(verbs);
        } catch (SAXException | IOException e) {
            return new Unusable("not XML: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return new Unusable(String.valueOf(e.getMessage()));
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(STRICT);
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser knows these features", e);
        }
    }

    private static Verb verb(Element element) {
        return switch (element.getTagName()) {
            case "Connect" -> connect(element);
            case "Redirect" -> {
                requirePost(element);
                yield new Verb.Redirect(element.getTextContent().strip());
            }
            case "Say" -> new Verb.Say(element.getTextContent().strip());
            case "Pause" -> new Verb.Pause(Duration.ofSeconds(pauseSeconds(element.getAttribute("length"))));
            case "Hangup" -> new Verb.HangUp();
            default ->
                throw new IllegalArgumentException("<" + element.getTagName()
                        + "> is not simulated (expected: Connect, Redirect, Say, Pause or Hangup)");
        };
    }

    private static Verb connect(Element connect) {
        requirePost(connect);
        List<Element> nouns = childrenOf(connect);
        if (nouns.size() != 1 || !nouns.getFirst().getTagName().equals("Stream")) {
            throw new IllegalArgumentException(
                    "<Connect> with " + nouns.stream().map(Element::getTagName).toList() + " (expected: one <Stream>)");
        }
        Element stream = nouns.getFirst();
        if (stream.getAttribute("url").isBlank()) {
            throw new IllegalArgumentException("<Stream> without a url");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element parameter : childrenOf(stream)) {
            if (!parameter.getTagName().equals("Parameter")) {
                throw new IllegalArgumentException("<" + parameter.getTagName() + "> in <Stream>");
            }
            parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
        }
        return new Verb.Connect(stream.getAttribute("url").strip(), parameters, connect.getAttribute("action"));
    }

    private static void requirePost(Element element) {
        String method = element.getAttribute("method");
        if (!method.isEmpty() && !method.equals("POST")) {
            throw new IllegalArgumentException(
                    "<" + element.getTagName() + " method=\"" + method + "\"> is not simulated (expected: POST)");
        }
    }

    private static long pauseSeconds(String length) {
        if (length.isEmpty()) {
            return DEFAULT_PAUSE_S;
        }
        if (!length.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("<Pause length=\"" + length + "\"> (expected: seconds)");
        }
        return Long.parseLong(length);
    }

    private static List<Element> childrenOf(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
