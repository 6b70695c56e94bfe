package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;

/**
 * Compares the first write of a fresh JVM with that by hand, in turns of one JVM each: of
 * an application that has started and writes for the first time. The arguments are the
 * directories to write in; the system property {@code rounds} sets how often each has its
 * turn. With a class archive the classes are those of a run before.
 */
public final class CompareFirstWrite {

	private static final String CHILD = "child";

	private final PrintStream out;

	private final int rounds = Integer.getInteger("rounds", 10);

	private CompareFirstWrite(PrintStream out) {
		this.out = out;
	}

	/**
	 * Runs the comparison, or one turn of it.
	 * @param arguments the directories, or what a JVM of this class was started for
	 * @throws Exception if a write failed
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length == 3 && arguments[0].equals(CHILD)) {
			FreshJvm.report(turn(arguments[1], Path.of(arguments[2])));
			return;
		}
		CompareFirstWrite comparison = new CompareFirstWrite(System.out);
		comparison.out.printf("%s, %d rounds%n%n", Workspace.machine(), comparison.rounds);
		comparison.out.println("| filesystem | first write, ms | median | least | most |");
		comparison.out.println("|---|---|---|---|---|");
		for (Path parent : Workspace.parents(arguments)) {
			comparison.compare(parent);
		}
	}

	/** Returns the milliseconds of the first write of this JVM. */
	private static double turn(String who, Path target) throws IOException {
		byte[] content = Workspace.content(1024);
		long start = System.nanoTime();
		if (who.equals("hand")) {
			new HandWritten().write(target, content);
		}
		else {
			AtomicFileTemplate template = AtomicFileTemplate.create();
			WriteOptions options = Workspace.templateOptions().build();
			template.write(target, content, options);
		}
		return (System.nanoTime() - start) / 1e6;
	}

	private void compare(Path parent) throws Exception {
		try (Workspace workspace = Workspace.create(parent)) {
			Path existing = workspace.target("existing", Workspace.content(10));
			Path archive = Files.createTempFile("first-write", ".jsa");
			Files.delete(archive);
			run(List.of("-XX:ArchiveClassesAtExit=" + archive), "engine", existing);
			Map<String, Turn> turns = new LinkedHashMap<>();
			turns.put("by hand", new Turn("hand", List.of(), existing));
			turns.put("a new file", new Turn("engine", List.of(), existing.resolveSibling("new")));
			turns.put("an existing file", new Turn("engine", List.of(), existing));
			turns.put("an existing file, class archive",
					new Turn("engine", List.of("-XX:SharedArchiveFile=" + archive), existing));
			if (CompareFirstWrite.class.getResource("/io/atomicwrite/fs/NativeFileOps.class") != null) {
				turns.put("an existing file, native calls",
						new Turn("engine", List.of("--enable-native-access=ALL-UNNAMED"), existing));
			}
			Map<String, double[]> figures = new LinkedHashMap<>();
			turns.keySet().forEach((name) -> figures.put(name, new double[this.rounds]));
			for (int round = 0; round < this.rounds; round++) {
				for (Map.Entry<String, Turn> entry : turns.entrySet()) {
					Turn turn = entry.getValue();
					if (turn.target.endsWith("new")) {
						Files.deleteIfExists(turn.target);
					}
					Objects.requireNonNull(figures.get(entry.getKey()))[round] = run(turn.options, turn.who,
							turn.target);
				}
			}
			for (Map.Entry<String, double[]> entry : figures.entrySet()) {
				Spread found = Spread.of(entry.getValue());
				this.out.printf(Locale.ROOT, "| %s | %s | %.1f | %.1f | %.1f |%n", workspace.filesystem(),
						entry.getKey(), found.median(), found.min(), found.max());
			}
			Files.deleteIfExists(archive);
		}
	}

	private static double run(List<String> options, String who, Path target) throws IOException, InterruptedException {
		return FreshJvm.measure(options, CompareFirstWrite.class, CHILD, who, target.toString());
	}

	/**
	 * A way to write first.
	 *
	 * @param who the engine, or by hand
	 * @param options options of the JVM
	 * @param target what is written
	 */
	private record Turn(String who, List<String> options, Path target) {
	}

}
