package io.atomicwrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/reference/exceptions.md}, as the exceptions and {@link RemedyTable} say it.
 */
final class ExceptionsPage {

	private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*\n(.*?)\\*/\\s*public ");

	private static final String HEAD = """
			# Exceptions and remedies

			Find what an exception means, what has happened to the file, and what to do. This page is generated from the sources and from the table that words the
			messages; `mvn -pl atomicwrite-core test -Dtest=ExceptionsPageTests -Dpages.write=true` writes it anew.

			All extend `AtomicWriteException`, which is unchecked. `target()` is the file, `phase()` the step that failed, `outcome()` what is known of the target now,
			`problem()` the cause with its `remedy()`. A message has all of it, and the address of a [runbook](../operations/index.md) where there is one.
			""";

	private ExceptionsPage() {
	}

	static String generated() throws IOException {
		StringBuilder page = new StringBuilder(HEAD);
		page.append("\n## Exceptions\n\n| Exception | Means |\n|---|---|\n");
		for (Class<?> type : exceptions()) {
			page.append("| `" + type.getSimpleName() + "` | " + summary(type) + " |\n");
		}
		page.append(
				"""

						`BatchFailedException` has the outcome of each file of a batch, `InvalidDocumentException` the problem of a document with line and column.

						## What has happened to the file

						| Outcome | Means |
						|---|---|
						""");
		for (WriteOutcome outcome : WriteOutcome.values()) {
			page.append("| `" + outcome + "` | " + constant("WriteOutcome", outcome.name()) + " |\n");
		}
		page.append(
				"""

						## I/O errors

						The same error asks for another remedy at another call. *Read* is an error while a file was read; the phases are those of
						[one write](../concepts/write-protocol.md).

						| Error | When | Remedy |
						|---|---|---|
						""");
		for (IoErrorKind error : IoErrorKind.values()) {
			remedies(error).forEach((remedy, phases) -> page.append(
					"| `" + error + "` | " + when(phases) + " | " + escaped(remedy.text()) + runbook(remedy) + " |\n"));
		}
		page.append("\n## Other remedies\n\n| Remedy | What to do |\n|---|---|\n");
		List<Remedy> shown = Arrays.stream(IoErrorKind.values())
			.flatMap((error) -> remedies(error).keySet().stream())
			.toList();
		for (Remedy remedy : Remedy.values()) {
			if (!shown.contains(remedy) && remedy != Remedy.NONE) {
				page.append("| `" + remedy + "` | " + escaped(remedy.text()) + runbook(remedy) + " |\n");
			}
		}
		return page.toString();
	}

	static List<Class<?>> exceptions() {
		return Stream.<Class<?>>of(AtomicWriteException.class.getPermittedSubclasses())
			.sorted(Comparator.comparing(Class::getSimpleName))
			.toList();
	}

	private static Map<Remedy, List<String>> remedies(IoErrorKind error) {
		Map<Remedy, List<String>> remedies = new LinkedHashMap<>();
		Function<Remedy, List<String>> phases = (remedy) -> remedies.computeIfAbsent(remedy,
				(key) -> new java.util.ArrayList<>());
		for (WritePhase phase : WritePhase.values()) {
			phases.apply(Remedy.of(phase, error)).add("`" + phase + "`");
		}
		phases.apply(Remedy.ofReading(error)).add("read");
		return remedies;
	}

	private static String when(List<String> phases) {
		return (phases.size() > WritePhase.values().length) ? "always"
				: phases.stream().collect(Collectors.joining(", "));
	}

	private static String runbook(Remedy remedy) {
		return Runbook.of(remedy)
			.map((runbook) -> runbook.url().replaceAll(".*/", ""))
			.map((page) -> " ([runbook](../operations/runbooks/" + page + "))")
			.orElse("");
	}

	private static String summary(Class<?> type) throws IOException {
		Matcher matcher = COMMENT.matcher(source(type.getSimpleName()));
		if (!matcher.find()) {
			throw new IllegalStateException(type + " has no comment");
		}
		return plain(matcher.group(1).replaceAll("(?s)\\* (@|<p>).*", ""));
	}

	private static String constant(String type, String name) throws IOException {
		Matcher matcher = Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" + name + "\\b").matcher(source(type));
		if (!matcher.find()) {
			throw new IllegalStateException(name + " has no comment");
		}
		return plain(matcher.group(1));
	}

	private static String source(String type) throws IOException {
		return Files.readString(Path.of("src/main/java/io/atomicwrite/" + type + ".java"));
	}

	private static String plain(String comment) {
		return escaped(comment.replaceAll("(?m)^\\s*\\* ?", "")
			.replaceAll("(\\w)#(?=\\w)", "$1.")
			.replaceAll("\\{@link(?:plain)? #?([^}]*)}", "`$1`")
			.replaceAll("\\{@code ([^}]*)}", "`$1`")
			.replaceAll("\\s+", " ")
			.strip());
	}

	private static String escaped(String text) {
		return text.replace("|", "\\|").replace("<", "&lt;");
	}

}
