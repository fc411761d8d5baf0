package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;

/** All texts are there in both languages, and none that nothing uses; told from the sources alone. */
class TranslationTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final String CHINESE = "_zh_CN";
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([^}]*)}");
    /** The forms whose help lies with a Pipeline step. */
    private static final Map<String, String> HELP_FOLDERS =
            Map.of("ImageReportExport", "HssImageReportExportStep", "ImageScanResult", "HssImageScanResultStep");

    private final List<String> problems = new ArrayList<>();

    @Test
    void messagesHaveTheSameKeysAndPlaceholders() throws Exception {
        for (Path english : files(name -> name.equals("Messages.properties"))) {
            Path chinese = sister(english, "Messages" + CHINESE + ".properties");
            Properties texts = read(english);
            Properties translations = read(chinese);
            compare(chinese, texts.stringPropertyNames(), translations.stringPropertyNames());
            for (String key : texts.stringPropertyNames()) {
                comparePlaceholders(chinese, key, texts.getProperty(key), translations.getProperty(key));
            }
        }
        assertNoProblems();
    }

    @Test
    void viewsHaveTheirTextsTranslated() throws Exception {
        for (Path view : files(name -> name.endsWith(".jelly"))) {
            String name = view.getFileName().toString().replace(".jelly", "");
            Path chinese = sister(view, name + CHINESE + ".properties");
            Properties texts = read(sister(view, name + ".properties"));
            Properties translations = read(chinese);
            Set<String> keys = keys(view);
            compare(chinese, keys, translations.stringPropertyNames());
            for (String key : keys) {
                comparePlaceholders(chinese, key, texts.getProperty(key, ""), translations.getProperty(key));
            }
        }
        assertNoProblems();
    }

    @Test
    void translationsBelongToAView() throws Exception {
        for (Path translation : files(name -> name.endsWith(CHINESE + ".properties"))) {
            String name = translation.getFileName().toString().replace(CHINESE + ".properties", "");
            if (!name.equals("Messages") && !Files.exists(sister(translation, name + ".jelly"))) {
                problems.add(translation + " belongs to no view");
            }
        }
        assertNoProblems();
    }

    @Test
    void helpIsThereInBothLanguages() throws Exception {
        for (Path help : files(name -> name.startsWith("help") && name.endsWith(".html"))) {
            String name = help.getFileName().toString();
            String other =
                    name.contains(CHINESE) ? name.replace(CHINESE, "") : name.replace(".html", CHINESE + ".html");
            if (!Files.exists(sister(help, other))) {
                problems.add(help + " has no " + other + " beside it");
            }
        }
        assertNoProblems();
    }

    @Test
    void fieldsHaveHelp() throws Exception {
        for (Path view : files(name -> name.endsWith(".jelly"))) {
            String folder = view.getParent().getFileName().toString();
            Path helpFolder = view.getParent().resolveSibling(HELP_FOLDERS.getOrDefault(folder, folder));
            Set<String> fields = new TreeSet<>();
            visit(view, node -> {
                if (node.getNodeType() == Node.ATTRIBUTE_NODE
                        && node.getNodeName().equals("field")) {
                    fields.add(node.getNodeValue());
                }
            });
            for (String field : fields) {
                Path help = helpFolder.resolve("help-" + field + ".html");
                if (!Files.exists(help)) {
                    problems.add(view + ": the field " + field + " needs " + help);
                }
            }
        }
        assertNoProblems();
    }

    private void assertNoProblems() {
        assertEquals("", String.join("\n", problems));
    }

    private void compare(Path chinese, Set<String> wanted, Set<String> found) {
        wanted.stream()
                .filter(key -> !found.contains(key))
                .sorted()
                .forEach(key -> problems.add(chinese + " lacks: " + key));
        found.stream()
                .filter(key -> !wanted.contains(key))
                .sorted()
                .forEach(key -> problems.add(chinese + " has a text that nothing uses: " + key));
    }

    private void comparePlaceholders(Path chinese, String key, String text, String translation) {
        if (translation != null && !placeholders(text).equals(placeholders(translation))) {
            problems.add(chinese + ": " + key + " shows " + placeholders(translation) + " instead of "
                    + placeholders(text) + "; an apostrophe must be doubled");
        }
    }

    /** Returns the numbers of the arguments that show in the formatted text: a lone apostrophe would hide some. */
    private static Set<Integer> placeholders(String text) {
        Object[] arguments =
                IntStream.range(0, 10).mapToObj(number -> "<<" + number + ">>").toArray();
        String shown = new MessageFormat(text, Locale.ROOT).format(arguments);
        Set<Integer> numbers = new TreeSet<>();
        for (int number = 0; number < arguments.length; number++) {
            if (shown.contains((String) arguments[number])) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Returns the keys of the texts of a view; what follows a bracket is arguments to Stapler. */
    private Set<String> keys(Path view) throws Exception {
        Set<String> keys = new TreeSet<>();
        visit(view, node -> {
            if (node.getNodeType() != Node.ATTRIBUTE_NODE && node.getNodeType() != Node.TEXT_NODE) {
                return;
            }
            Matcher text = TEXT.matcher(node.getNodeValue());
            while (text.find()) {
                String key = text.group(1).replaceFirst("\\(.*", "");
                if (key.isEmpty()) {
                    problems.add(view + ": " + text.group() + " has no key, as a bracket begins arguments");
                } else {
                    keys.add(key);
                }
            }
        });
        return keys;
    }

    private interface Visitor {
        void visit(Node node);
    }

    private static void visit(Path view, Visitor visitor) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setCoalescing(true);
        visit(factory.newDocumentBuilder().parse(view.toFile()), visitor);
    }

    private static void visit(Node node, Visitor visitor) {
        visitor.visit(node);
        if (node.hasAttributes()) {
            for (int i = 0; i < node.getAttributes().getLength(); i++) {
                visitor.visit(node.getAttributes().item(i));
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            visit(child, visitor);
        }
    }

    private static List<Path> files(Predicate<String> name) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> name.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Path sister(Path file, String name) {
        return file.resolveSibling(name);
    }

    /** Returns the texts of a file, none where it doesn't exist; UTF-8, as Java and Stapler read them. */
    private static Properties read(Path file) throws IOException {
        Properties texts = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                texts.load(reader);
            }
        }
        return texts;
    }
}
