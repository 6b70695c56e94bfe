package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles the Java of pages against the class path of this test.
 *
 * <p>
 * A block with imports is compiled as it stands. Any other is a fragment: it gets the
 * imports of the names in it, the types that other blocks of its page declare, and the
 * fields and methods that the page declares in a comment, such as
 * {@code <!-- given: Path report; void send(byte[] bytes) -->}, which holds for all
 * blocks after it.
 */
final class JavaBlocks implements AutoCloseable {

	private static final Pattern TYPE = Pattern
		.compile("(?m)^(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:public |final |abstract |sealed |static )*"
				+ "(?:class|record|interface|enum) (\\w+)");

	private static final String COMMON = """
			import java.io.*; import java.nio.charset.*; import java.nio.file.*; import java.time.*; import java.util.*;
			import java.util.concurrent.*; import java.util.function.*; import java.util.stream.*;
			import javax.sql.*; import jakarta.validation.Valid; import jakarta.validation.constraints.*;
			import org.springframework.beans.factory.annotation.*; import org.springframework.boot.*;
			import org.springframework.boot.autoconfigure.*; import org.springframework.boot.context.properties.bind.*;
			import org.springframework.context.annotation.*; import org.springframework.context.event.*;
			import org.springframework.integration.jdbc.lock.*; import org.springframework.core.io.*; import org.springframework.http.*;
			import org.springframework.stereotype.*; import org.springframework.web.bind.annotation.*;
			import reactor.core.publisher.*; import reactor.core.scheduler.*;
			""";

	/** What a reader expects under these names, on any page. */
	private static final List<String> EVERYWHERE = List.of("AtomicFileTemplate template", "AtomicFileOperations files",
			"ManagedDirectories directories", "AtomicDocuments documents", "LockRegistry locks", "Path path",
			"Path file", "byte[] content", "String text");

	/** What makes a file of types, of members and of statements. */
	private static final List<String> WRAPPERS = List.of("%s", "class Block extends Given {\n%s\n}",
			"class Block extends Given { Object run() throws Exception {\n%s\nreturn null; } }");

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	private final StandardJavaFileManager files = this.compiler.getStandardFileManager(null, null, null);

	private final Map<String, Set<String>> ours = new HashMap<>();

	JavaBlocks() throws IOException {
		for (JavaFileObject file : this.files.list(StandardLocation.CLASS_PATH, "io.atomicwrite",
				Set.of(JavaFileObject.Kind.CLASS), true)) {
			String name = this.files.inferBinaryName(StandardLocation.CLASS_PATH, file);
			if (!file.toUri().toString().contains("test") && isPublic(name)) {
				this.ours.merge(name.substring(name.lastIndexOf('.') + 1), Set.of(name),
						(one, other) -> Set.of("two of that name"));
			}
		}
	}

	private static boolean isPublic(String name) {
		try {
			return !name.contains("$") && !name.endsWith("-info")
					&& Modifier.isPublic(Class.forName(name, false, JavaBlocks.class.getClassLoader()).getModifiers());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		this.files.close();
	}

	/**
	 * Compiles blocks. Each is a package of its own, so that one run of the compiler does
	 * for many.
	 * @param blocks the blocks to compile
	 * @param all all blocks of their pages
	 * @return what the compiler says against a block, for those that have a problem
	 */
	Map<Block, String> compile(List<Block> blocks, List<Block> all) {
		Map<Block, String> problems = new LinkedHashMap<>();
		Map<Block, List<Trial>> trials = new LinkedHashMap<>();
		for (Block block : blocks) {
			List<Block> page = all.stream().filter((one) -> one.page().equals(block.page())).toList();
			String name = "block" + trials.size();
			trials.put(block, isPasted(block) ? List.of(pasted(block, page)) : fragments(name, block, page));
			problems.put(block, "is neither a type, nor members, nor statements");
		}
		for (int round = 0; round < WRAPPERS.size(); round++) {
			Map<Block, Trial> next = new LinkedHashMap<>();
			for (Map.Entry<Block, List<Trial>> entry : trials.entrySet()) {
				if (problems.containsKey(entry.getKey()) && entry.getValue().size() > round) {
					next.put(entry.getKey(), entry.getValue().get(round));
				}
			}
			boolean first = round == 0;
			compile(next).forEach((block, problem) -> {
				if (problem.isEmpty()) {
					problems.remove(block);
				}
				else if (first || problem.length() < problems.get(block).length()) {
					problems.put(block, problem);
				}
			});
		}
		return problems;
	}

	/** Each way in which a fragment can be read. */
	private List<Trial> fragments(String name, Block block, List<Block> page) {
		Set<String> declared = types(block.text());
		List<Source> others = new ArrayList<>();
		for (Block other : page) {
			Set<String> types = types(other.text());
			if (other != block && other.isIn("java") && other.runBy().isEmpty() && !types.isEmpty()
					&& types.stream().noneMatch(declared::contains) && parses(other.text(), other.text())) {
				others.add(fragment(name, names(types, declared), other.text(), "Other" + others.size()));
				declared.addAll(types);
			}
		}
		List<Trial> trials = new ArrayList<>();
		for (String wrapper : WRAPPERS) {
			String wrapped = wrapper.formatted(block.text());
			if (parses(wrapped, block.text())) {
				List<Source> sources = new ArrayList<>(others);
				sources.add(given(name, block, declared));
				sources.add(fragment(name, declared, wrapped, "Block"));
				trials.add(new Trial(sources));
			}
		}
		return trials;
	}

	private static boolean isPasted(Block block) {
		return block.text().lines().anyMatch((line) -> line.matches("(import|package) .*"));
	}

	/** A block as it stands, and those of its page that are in the same package. */
	private static Trial pasted(Block block, List<Block> page) {
		List<Source> sources = new ArrayList<>(List.of(source("Block", block.text())));
		Set<String> declared = types(block.text());
		for (Block other : page) {
			if (!packageOf(block).isEmpty() && packageOf(other).equals(packageOf(block))
					&& declared.addAll(types(other.text()))) {
				sources.add(source("Other" + sources.size(), other.text()));
			}
		}
		return new Trial(sources);
	}

	private static String packageOf(Block block) {
		return block.text().lines().filter((line) -> line.startsWith("package ")).findFirst().orElse("");
	}

	private static Set<String> names(Set<String> some, Set<String> more) {
		Set<String> names = new java.util.HashSet<>(some);
		names.addAll(more);
		return names;
	}

	private static Set<String> types(String text) {
		Matcher matcher = TYPE.matcher(text);
		Set<String> types = new java.util.HashSet<>();
		while (matcher.find()) {
			types.add(matcher.group(1));
		}
		return types;
	}

	private Source fragment(String in, Set<String> declared, String text, String name) {
		return source(name,
				"package " + in + ";\n" + COMMON + imports(text, declared) + text.replace("\npublic class", "\nclass"));
	}

	private Source given(String in, Block block, Set<String> declared) {
		StringBuilder members = new StringBuilder();
		List<String> all = new ArrayList<>(block.given());
		EVERYWHERE.stream()
			.filter((one) -> block.given().stream().noneMatch((more) -> more.endsWith(one.replaceAll(".* ", " "))))
			.forEach(all::add);
		for (String one : all) {
			members
				.append(one.endsWith("}") ? "protected static " + one
						: one.endsWith(")") ? one + " { throw new UnsupportedOperationException(); }" : one + ";")
				.append('\n');
		}
		return source("Given", "package " + in + ";\n" + COMMON + imports(members.toString(), declared)
				+ "class Given {\n" + members + "}\n");
	}

	/** Of our types, those whose names are in the text and mean nothing else there. */
	private String imports(String text, Set<String> declared) {
		return Pattern.compile("\\b[A-Z]\\w+\\b")
			.matcher(text)
			.results()
			.map((match) -> match.group())
			.distinct()
			.filter((name) -> !declared.contains(name) && this.ours.containsKey(name))
			.flatMap((name) -> this.ours.get(name).stream())
			.filter((name) -> name.startsWith("io."))
			.map((name) -> "import " + name + ";\n")
			.collect(Collectors.joining());
	}

	private boolean parses(String text, String what) {
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		com.sun.source.util.JavacTask task = (com.sun.source.util.JavacTask) this.compiler.getTask(Writer.nullWriter(),
				this.files, found, List.of("--release", "17"), null, List.of(source("Block", text)));
		try {
			task.parse();
		}
		catch (IOException ex) {
			throw new IllegalStateException(what, ex);
		}
		return found.getDiagnostics().stream().noneMatch((one) -> one.getKind() == Diagnostic.Kind.ERROR);
	}

	/**
	 * Compiles those that are pasted each alone, because their packages may be the same.
	 */
	private Map<Block, String> compile(Map<Block, Trial> trials) {
		Map<Block, String> problems = new LinkedHashMap<>();
		Map<Block, Trial> together = new LinkedHashMap<>();
		trials.forEach((block, trial) -> {
			if (isPasted(block)) {
				problems.putAll(compileTogether(Map.of(block, trial)));
			}
			else {
				together.put(block, trial);
			}
		});
		problems.putAll(compileTogether(together));
		return problems;
	}

	private Map<Block, String> compileTogether(Map<Block, Trial> trials) {
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		List<Source> sources = trials.values().stream().flatMap((trial) -> trial.sources().stream()).toList();
		boolean compiled = sources.isEmpty()
				|| this.compiler
					.getTask(Writer.nullWriter(), this.files, found,
							List.of("--release", "17", "-proc:none", "-parameters", "-implicit:none", "-Xmaxerrs", "0",
									"-d", System.getProperty("java.io.tmpdir") + "/none",
									"-XDshould-stop.ifNoError=FLOW", "-XDshould-stop.ifError=FLOW"),
							null, sources)
					.call();
		List<Diagnostic<? extends JavaFileObject>> errors = found.getDiagnostics()
			.stream()
			.filter((one) -> one.getKind() == Diagnostic.Kind.ERROR)
			.toList();
		Map<Block, String> problems = new LinkedHashMap<>();
		trials.forEach((block, trial) -> problems.put(block,
				errors.stream()
					.filter((one) -> one.getSource() instanceof Source source && trial.sources().contains(source))
					.map((one) -> one.getMessage(null) + "\n    " + line(one))
					.collect(Collectors.joining("\n"))));
		if (!compiled && problems.values().stream().allMatch(String::isEmpty)) {
			throw new IllegalStateException(errors.toString());
		}
		return problems;
	}

	private static String line(Diagnostic<? extends JavaFileObject> one) {
		if (one.getSource() instanceof Source source) {
			return source.text.lines().skip(one.getLineNumber() - 1).findFirst().orElse("");
		}
		return "";
	}

	/** One way in which a block can be read, with what it needs. */
	private record Trial(List<Source> sources) {
	}

	private static Source source(String name, String text) {
		return new Source(name, text);
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String text) {
			super(URI.create("string:///" + Path.of(name + ".java")), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

		/** A public class may stand in any block. */
		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return kind == Kind.SOURCE;
		}

	}

}
