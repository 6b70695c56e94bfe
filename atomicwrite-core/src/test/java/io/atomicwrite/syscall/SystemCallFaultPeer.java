package io.atomicwrite.syscall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.syscall.FaultPlan.Mode;
import io.atomicwrite.syscall.FaultPlan.Op;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations while their system calls fail, each call with each error it can give,
 * and holds what is reported against what is there.
 */
final class SystemCallFaultPeer {

	/** Another than the one that runs the test, so that it has to be carried over. */
	private static final int OWNER = 1234;

	private final Path root;

	private final FaultPlan plan;

	private final Map<String, String> violations = new LinkedHashMap<>();

	private final Slice slice;

	private int runs;

	private SystemCallFaultPeer(Path root, FaultPlan plan, Slice slice) {
		this.root = root;
		this.plan = plan;
		this.slice = slice;
	}

	public static void main(String[] args) throws Exception {
		SystemCallFaultPeer peer = new SystemCallFaultPeer(Path.of(args[0]), new FaultPlan(Path.of(args[1])),
				Slice.of((args.length < 4) ? "1/1" : args[3]));
		List<FaultyOperation> operations = FaultyOperation.all()
			.stream()
			.filter((operation) -> args.length < 3 || operation.name().matches(args[2]))
			.toList();
		// what is loaded and looked up once must not count
		for (FaultyOperation operation : operations) {
			peer.run(operation, 0, 0, Mode.BEFORE);
		}
		for (FaultyOperation operation : operations) {
			peer.violations.clear();
			int before = peer.runs;
			int calls = peer.calls(operation);
			for (Mode mode : Mode.values()) {
				// each operation begins elsewhere, so that a slice has calls of each kind
				peer.sweep(operation, mode, calls, operations.indexOf(operation) + mode.ordinal());
			}
			peer.violations.values().forEach((text) -> System.out.println("violation: " + text));
			ForkedJvm
				.reply(operation + ": " + (peer.runs - before) + " runs, " + peer.violations.size() + " violations");
		}
		ForkedJvm.reply("done " + peer.runs + " " + peer.plan.firedByOp());
	}

	/** Returns how many calls it makes where none fails. */
	private int calls(FaultyOperation operation) throws Exception {
		run(operation, Integer.MAX_VALUE, 0, Mode.BEFORE);
		return this.plan.seen();
	}

	private void sweep(FaultyOperation operation, Mode mode, int calls, int offset) throws Exception {
		for (int nth = 1; nth <= calls; nth++) {
			boolean another = this.slice.takes(nth + offset);
			for (int variant = 0; another; variant++) {
				another = run(operation, nth, variant, mode);
			}
		}
	}

	/** Returns whether the call may have yet another error. */
	private boolean run(FaultyOperation operation, int nth, int variant, Mode mode) throws Exception {
		Path directory = Files.createDirectory(this.root.resolve("d"));
		Path target = directory.resolve(operation.target());
		LockRegistry locks = LockRegistry.file();
		AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).defaults(operation.options()).build();
		prepare(operation, template, target);
		List<String> known = names(directory);
		this.plan.arm(nth, variant, mode);
		Throwable thrown = attempt(operation, template, target);
		this.plan.disarm();
		this.runs++;
		if (nth > 0) {
			String wrong = wrong(operation, template, target, thrown, mode, known);
			if (wrong == null && (!locks.held().isEmpty() || !locks.waiting().isEmpty())) {
				wrong = "a lease is left";
			}
			if (wrong == null && !descriptors().isEmpty()) {
				wrong = "descriptors are left: " + descriptors();
			}
			if (wrong == null) {
				template.writeString(target, "after", template.defaults().toBuilder().overwrite(true).build());
				wrong = Files.readString(target).equals("after") ? null : "the next write was lost";
			}
			if (wrong != null) {
				Op op = this.plan.op();
				this.violations.putIfAbsent(wrong + op, operation + ": " + wrong + " [" + mode + " " + op + " #" + nth
						+ ", error " + this.plan.error() + " -> " + thrown + "] " + names(directory));
			}
		}
		template.close();
		locks.close();
		delete(directory);
		return this.plan.fired() && mode != Mode.FROM_NOW_ON && !this.plan.exhausted();
	}

	private static void prepare(FaultyOperation operation, AtomicFileTemplate template, Path target)
			throws IOException {
		for (String content : operation.prepared()) {
			template.writeString(target, content);
		}
		for (Map.Entry<String, String> file : operation.beside().entrySet()) {
			Files.writeString(target.resolveSibling(file.getKey()), file.getValue());
		}
		if (operation.before() != null) {
			Files.setAttribute(target, "user:colour", "green".getBytes());
			Files.setAttribute(target, "unix:uid", OWNER);
		}
	}

	private static @Nullable Throwable attempt(FaultyOperation operation, AtomicFileTemplate template, Path target) {
		try {
			operation.action().run(template, target);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	private @Nullable String wrong(FaultyOperation operation, AtomicFileTemplate template, Path target,
			@Nullable Throwable thrown, Mode mode, List<String> known) throws IOException {
		String found = Files.exists(target) ? Files.readString(target) : null;
		boolean renewed = Objects.equals(found, operation.after());
		if (!renewed && !Objects.equals(found, operation.before())) {
			return "torn: " + found;
		}
		String untrue = untrue(operation, thrown, renewed);
		if (untrue != null) {
			return untrue;
		}
		String falseAlarm = falseAlarm(operation, template, target, found);
		if (falseAlarm != null) {
			return falseAlarm;
		}
		return (mode == Mode.BEFORE) ? leftBehind(this.root.resolve("d"), renewed, known, operation) : null;
	}

	private static @Nullable String untrue(FaultyOperation operation, @Nullable Throwable thrown, boolean renewed) {
		boolean changes = !Objects.equals(operation.after(), operation.before());
		if (thrown == null) {
			return renewed ? null : "reported and not written";
		}
		if (thrown instanceof ReadFailedException && operation.readsFirst() && (!changes || !renewed)) {
			// as documented of reads
			return thrown.getMessage().startsWith("/") ? null : "no file is named";
		}
		if (!(thrown instanceof AtomicWriteException ex)) {
			return "not an error of ours: " + thrown;
		}
		if (changes && ex.outcome() == WriteOutcome.NOT_COMMITTED && renewed) {
			return "written and not reported";
		}
		return (ex.outcome() == WriteOutcome.VISIBLE_NOT_DURABLE && !renewed) ? "reported as visible" : null;
	}

	private static @Nullable String falseAlarm(FaultyOperation operation, AtomicFileTemplate template, Path target,
			@Nullable String found) {
		try {
			if (found != null) {
				template.verify(target);
			}
			for (Backup backup : template.generations(target)) {
				template.verify(backup.path());
			}
			return null;
		}
		catch (ChecksumMismatchException ex) {
			return "false alarm of " + ex.target().getFileName();
		}
		catch (ChecksumMissingException ex) {
			boolean promised = operation.options().checksum().mode() != ChecksumPolicy.Mode.NONE
					&& ex.target().equals(target);
			return promised ? "not attested" : null;
		}
	}

	/** One fault excuses the file that could not be deleted, and no other. */
	private @Nullable String leftBehind(Path directory, boolean renewed, List<String> known, FaultyOperation operation)
			throws IOException {
		List<String> left = new ArrayList<>(names(directory));
		left.removeAll(known);
		left.removeIf((name) -> renewed && (name.equals("f.json") || name.equals("a") || name.startsWith("a/")));
		left.removeIf((name) -> name.startsWith("f.json.sha256") || name.contains(".backup"));
		boolean undeletable = this.plan.op() == Op.UNLINK || this.plan.op() == Op.LOCK || this.plan.op() == Op.STAT
				|| this.plan.op() == Op.WRITE || this.plan.op() == Op.CLOSE;
		if (undeletable && left.removeIf((name) -> isOf(ArtifactKind.LOCK, name))) {
			// nor can the directory that was created for it
			left.removeIf((name) -> Files.isDirectory(directory.resolve(name)));
		}
		// Java looks at a file before it deletes it
		boolean cleaning = this.plan.op() == Op.UNLINK || (this.plan.op() == Op.STAT && renewed);
		left.removeIf((name) -> cleaning && isOf(ArtifactKind.STAGING, name));
		if (!left.isEmpty()) {
			return "left behind: " + left;
		}
		boolean changes = !Objects.equals(operation.after(), operation.before());
		if (changes && !renewed && this.plan.op() != Op.UNLINK) {
			List<String> more = new ArrayList<>(names(directory));
			if (more.removeIf((name) -> isOf(ArtifactKind.LOCK, name))) {
				more.removeIf((name) -> Files.isDirectory(directory.resolve(name)));
			}
			more.removeAll(known);
			return more.isEmpty() ? null : "left behind by a failed write: " + more;
		}
		return null;
	}

	private static boolean isOf(ArtifactKind kind, String name) {
		Artifact artifact = ArtifactNames.parse(name);
		return artifact != null && artifact.kind() == kind;
	}

	private static List<String> names(Path directory) {
		return DirectoryContent.of(directory);
	}

	private List<String> descriptors() throws IOException {
		List<String> open = new ArrayList<>();
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			for (Path descriptor : descriptors.toList()) {
				try {
					Path file = Files.readSymbolicLink(descriptor);
					if (file.startsWith(this.root)) {
						open.add(file.toString());
					}
				}
				catch (IOException ex) {
					// that of the listing itself
				}
			}
		}
		return open;
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
