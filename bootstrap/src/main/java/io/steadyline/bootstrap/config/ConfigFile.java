package io.steadyline.bootstrap.config;

import io.steadyline.signal.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as a flat list of keys. Only its nodes are read, never its types: {@code off}, {@code 010} and {@code 1_0}
 * stay the texts that were written.
 */
final class ConfigFile {

    /** @param line from 1 */
    record Entry(String text, int line) {}

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    static ConfigFile read(Path file, FileAccess files, Set<String> sections) {
        ConfigFile config = new ConfigFile(file);
        try {
            config.take(files.read(file), sections);
        } catch (IOException e) {
            String why = e.getClass().getSimpleName() + ": " + e.getMessage();
            config.refuse(0, "configuration file", "cannot be read: " + Printable.of(why, 200), "a UTF-8 text file");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            config.refuse(line, "syntax", Printable.of(String.valueOf(e.getProblem()), 200), "YAML");
        } catch (YAMLException e) {
            config.refuse(0, "syntax", Printable.of(String.valueOf(e.getMessage()), 200), "YAML");
        }
        return config;
    }

    /** By full key, such as {@code http.port}, in the order of the file. */
    Map<String, Entry> entries() {
        return entries;
    }

    List<Problem> problems() {
        return problems;
    }

    Origin originOf(Entry entry) {
        return new Origin.InFile(file, entry.line());
    }

    private void take(String text, Set<String> sections) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(8);
        Iterator<Node> documents = new Yaml(new SafeConstructor(options))
                .composeAll(new StringReader(text))
                .iterator();
        if (!documents.hasNext()) {
            return;
        }
        Node root = documents.next();
        if (root instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> takeTop(tuple, sections));
        } else if (!isNothing(root)) {
            refuse(lineOf(root), "configuration file", "no mapping", "sections with keys, such as \"http:\"");
        }
        if (documents.hasNext()) {
            refuse(lineOf(documents.next()), "configuration file", "a second document", "one YAML document");
        }
    }

    private void takeTop(NodeTuple tuple, Set<String> sections) {
        String name = nameOf(tuple.getKeyNode());
        if (!(tuple.getValueNode() instanceof MappingNode section)) {
            // A section whose keys are all commented out is empty, not wrong.
            if (!(sections.contains(name) && isNothing(tuple.getValueNode()))) {
                takeLeaf(name, tuple);
            }
            return;
        }
        for (NodeTuple inner : section.getValue()) {
            String key = name + "." + nameOf(inner.getKeyNode());
            if (Catalogue.GROUPED.contains(name) && inner.getValueNode() instanceof MappingNode group) {
                group.getValue().forEach(leaf -> takeLeaf(key + "." + nameOf(leaf.getKeyNode()), leaf));
            } else {
                takeLeaf(key, inner);
            }
        }
    }

    private void takeLeaf(String written, NodeTuple tuple) {
        String key = Catalogue.RENAMED.getOrDefault(written, written);
        int line = lineOf(tuple.getKeyNode());
        if (!(tuple.getValueNode() instanceof ScalarNode scalar)) {
            refuse(line, key, "a list or a nested section", "a single value");
        } else if (isNothing(scalar)) {
            refuse(line, key, "no value", "a value, or no such line");
        } else {
            Entry earlier = entries.putIfAbsent(key, new Entry(scalar.getValue(), line));
            if (earlier != null) {
                refuse(line, key, "given again", "once; the first is in line " + earlier.line());
            }
        }
    }

    private void refuse(int line, String key, String value, String expectation) {
        problems.add(new Problem(new Origin.InFile(file, line), key, value, expectation));
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String nameOf(Node key) {
        return key instanceof ScalarNode scalar ? Printable.of(scalar.getValue()) : "(no plain key)";
    }

    private static int lineOf(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
