package io.atomicwrite.syscall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.syscall.FaultPlan.Op;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.Slice;
import io.atomicwrite.test.SlicesItself;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fault sweep once more, below the seam: each system call that a real JVM makes for
 * an operation fails with each error that it can give.
 */
@RequiresRoot
@Enumerates
@SlicesItself
@RequiresCommand({ "gcc", "mkfs.xfs", "losetup" })
class SystemCallFaultTests {

	@TempDir
	private Path temp;

	/** One operation of each kind; the others differ in how many calls they repeat. */
	private static final String SLICE = "create|create with directories|replace without lock|no-clobber|append|update"
			+ "|with all metadata|.*SIDECAR, backup linked|.*ATTRIBUTE, backup 384|.*NONE, generations.*|restore|move|delete"
			+ "|read verified|generations";

	/** Those that write content, a sidecar, and a copy for a backup. */
	private static final String ORDERED = "create|replace without lock|.*SIDECAR, backup linked|.*ATTRIBUTE, backup 384";

	@Test
	void everySystemCallFailsWithEveryErrorItCanGive() throws Exception {
		sweep("", this.temp.toRealPath(), SLICE, Scope.SLICE, Slice.current(), everyOp());
	}

	@Test
	@Tag("slow")
	void everySystemCallOfEveryOperationFails() throws Exception {
		sweep("", this.temp.toRealPath(), ".*", Scope.LONG, Slice.current(), everyOp());
	}

	/** Where the journal keeps the order, content is written out and not synced. */
	@Test
	void everySystemCallFailsWhereTheJournalKeepsTheOrder() throws Exception {
		try (MountedFilesystem mounted = RealFilesystem.XFS.mount(this.temp)) {
			sweep("-ordered", mounted.point().toRealPath(), ORDERED, Scope.SLICE, halves(),
					EnumSet.of(NativeCalls.status().used() ? Op.WRITE_OUT : Op.SYNC));
		}
	}

	/** So few calls write content out that an eighth may have none of them. */
	private static Slice halves() {
		Slice current = Slice.current();
		return current.isWhole() ? current : new Slice(current.part() % 2 + 1, 2);
	}

	/** Few operations make a link, and few filesystems have content written out. */
	private static Set<Op> everyOp() {
		return Slice.current().isWhole() ? EnumSet.complementOf(EnumSet.of(Op.WRITE_OUT))
				: EnumSet.of(Op.CREATE, Op.WRITE, Op.SYNC, Op.RENAME);
	}

	private void sweep(String lane, Path place, String operations, Scope scope, Slice slice, Set<Op> expected)
			throws Exception {
		Path root = Files.createDirectory(place.resolve("scope"));
		Path plan = Files.write(this.temp.resolve("plan"), new byte[FaultPlan.SIZE]);
		List<String> command = List.of("env", "LD_PRELOAD=" + compile(), "FAULT_PLAN=" + plan,
				"FAULT_SCOPE=" + root + "/");
		List<String> violations = new ArrayList<>();
		try (ForkedJvm peer = ForkedJvm.start(command, ForkedJvm.classPath(), SystemCallFaultPeer.class,
				root.toString(), plan.toString(), operations, slice.toString())) {
			String answer = answer(peer);
			while (!answer.startsWith("done ")) {
				if (!answer.endsWith(" 0 violations")) {
					violations.add(answer);
				}
				answer = answer(peer);
			}
			System.out.println("system call faults: " + answer);
			record(lane, Integer.parseInt(answer.split(" ")[1]), violations.size(), scope);
			assertThat(violations).as(peer::output).isEmpty();
		}
		FaultPlan fired = new FaultPlan(plan);
		for (Op op : expected) {
			assertThat(fired.firedByOp().get(op)).as("%s calls that failed", op).isPositive();
		}
	}

	private static void record(String lane, int runs, int losses, Scope scope) throws IOException {
		new EvidenceRecord("system-call-faults" + lane, "faults of system calls",
				"each system call of a real JVM on the files of an operation fails with each error it can give, short writes"
						+ " and EINTR among them, once, once after it was done, and for good: what is reported is true, the"
						+ " target old or new, nothing leaks, the next write succeeds"
						+ (lane.isEmpty() ? "" : "; on xfs, whose journal keeps the order of changes"),
				runs, "runs", losses, scope.command("SystemCallFaultTests"), scope)
			.write();
	}

	private static String answer(ForkedJvm peer) {
		String answer = null;
		while (answer == null && peer.isAlive()) {
			answer = peer.answer(Duration.ofSeconds(1));
		}
		return (answer != null) ? answer : peer.answer();
	}

	private Path compile() throws Exception {
		Path source = this.temp.resolve("faults.c");
		try (InputStream in = SystemCallFaultTests.class.getResourceAsStream("faults.c")) {
			Files.copy(Objects.requireNonNull(in), source);
		}
		Path library = this.temp.resolve("faults.so");
		Shell.run("gcc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
		return library;
	}

}
