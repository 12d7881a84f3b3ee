package org.isthmus.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/errors.md has one entry for each code, and no other but those of the tool. */
class ErrorsPageTest {
  private static final Path PAGE = Path.of("docs", "errors.md");

  /** The tool is Python, and tests/cli compares its codes. */
  private static final List<String> TOOL = List.of("IS02", "IS03", "IS041", "IS042", "IS043");

  private static Map<String, String> entries() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    String[] parts = Files.readString(PAGE).split("\n## ", -1);
    for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
      int end = part.indexOf('\n');
      if (TOOL.stream().noneMatch(part::startsWith)) {
        entries.put(part.substring(0, end), part.substring(end));
      }
    }
    return entries;
  }

  private static List<String> codes() {
    return Arrays.stream(Rule.values()).map(Rule::code).collect(Collectors.toList());
  }

  @Test
  void codesAreDistinctAndInOrder() {
    List<String> codes = codes();
    assertEquals(codes.stream().sorted().distinct().collect(Collectors.toList()), codes);
  }

  @Test
  void eachCodeHasOneMessageInTheSameOrder() throws IOException {
    Path messages = Path.of("src", "main", "resources", "org", "isthmus", "errors");
    List<String> keys =
        Files.readAllLines(messages.resolve("messages.properties")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" = ", 2)[0])
            .collect(Collectors.toList());
    assertEquals(codes(), keys);
  }

  @Test
  void eachCodeHasAnEntryAndEachEntryACode() throws IOException {
    assertEquals(codes(), List.copyOf(entries().keySet()));
  }

  @Test
  void listAtTheTopHasEachCodeOnce() throws IOException {
    String page = Files.readString(PAGE);
    String top = page.substring(0, page.indexOf("\n## "));
    Matcher ranges =
        Pattern.compile("(?m)^\\* \\[(IS\\d{4}) to (IS\\d{4})\\]\\(#(is\\d{4})\\): ").matcher(top);
    List<String> listed = new ArrayList<>();
    while (ranges.find()) {
      String first = ranges.group(1);
      String last = ranges.group(2);
      assertEquals(first.toLowerCase(java.util.Locale.ROOT), ranges.group(3));
      assertTrue(codes().containsAll(List.of(first, last)), ranges.group());
      codes().stream()
          .filter(code -> code.compareTo(first) >= 0 && code.compareTo(last) <= 0)
          .forEach(listed::add);
    }
    assertEquals(codes(), listed);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void entryHasATitleASymptomACauseAndARemedy(Rule rule) throws IOException {
    String entry = entries().get(rule.code());
    assertTrue(
        Pattern.compile(
                "\n\n\\*\\*[^*]+\\.\\*\\*"
                    + "\n\n\\*Symptom:\\* .+\n\n\\*Cause:\\* .+\n\n\\*Remedy:\\* .+",
                Pattern.DOTALL)
            .matcher(entry)
            .matches(),
        entry);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void messageBeginsWithItsCodeAndEndsWithItsEntry(Rule rule) {
    String message = rule.message("1", "2", "3", "4", "Five.");
    assertTrue(message.startsWith(rule.code() + ": "), message);
    assertTrue(message.endsWith(" See `isthmus explain " + rule.code() + "`."), message);
  }

  @Test
  void linksWithinThePageLeadToEntries() throws IOException {
    Set<String> anchors = new HashSet<>();
    String page = Files.readString(PAGE);
    Pattern.compile("(?m)^## (.*)$")
        .matcher(page)
        .results()
        .forEach(entry -> anchors.add(entry.group(1).toLowerCase(java.util.Locale.ROOT)));
    Matcher links = Pattern.compile("\\]\\(#([^)]*)\\)").matcher(page);
    while (links.find()) {
      assertTrue(anchors.contains(links.group(1)), links.group());
    }
  }
}
