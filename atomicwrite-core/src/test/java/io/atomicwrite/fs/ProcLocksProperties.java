package io.atomicwrite.fs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import io.atomicwrite.test.Fuzzing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables of locks: the holder of a file's record lock is found among other lines, and
 * nobody is found where there is none.
 */
class ProcLocksProperties {

	private static final Fuzzing FUZZING = new Fuzzing("fuzz-locks",
			"tables of locks of every kind with waiters, of some files, each looked up; lines made up",
			ProcLocksProperties.class);

	@Property(seed = Fuzzing.SEED)
	void firstRecordLockOfTheFileTellsItsHolder(@ForAll @Size(max = 8) List<@From("lines") Line> lines)
			throws Exception {
		FUZZING.check(() -> {
			List<String> table = new ArrayList<>();
			for (Line line : lines) {
				table.add((table.size() + 1) + ": " + (line.waits ? "-> " : "") + line.kind + "  ADVISORY  WRITE "
						+ line.pid + " fe:01:" + line.inode + " 0 EOF");
			}
			for (long inode = 1; inode <= 13; inode++) {
				long wanted = inode;
				OptionalLong expected = lines.stream()
					.filter((line) -> line.kind.equals("POSIX") && !line.waits && line.inode == wanted)
					.findFirst()
					.map((line) -> (line.pid > 0) ? OptionalLong.of(line.pid) : OptionalLong.empty())
					.orElse(OptionalLong.empty());
				assertThat(ProcLocks.holder(String.join("\n", table) + "\n", wanted)).isEqualTo(expected);
			}
		});
	}

	@Property(seed = Fuzzing.SEED)
	void anyTableIsRead(@ForAll("tables") String table) throws Exception {
		FUZZING.check(() -> {
			OptionalLong holder = ProcLocks.holder(table, 12);
			if (holder.isPresent()) {
				assertThat(table).contains(":12").contains(Long.toString(holder.getAsLong())).contains("POSIX");
			}
		});
	}

	@AfterContainer
	static void record() throws IOException {
		FUZZING.write();
	}

	@Provide
	Arbitrary<Line> lines() {
		return Combinators
			.combine(Arbitraries.of("POSIX", "POSIX", "FLOCK", "OFDLCK", "LEASE"), Arbitraries.of(true, false, false),
					Arbitraries.of(-1L, 0L, 1L, 77L, 4_194_304L), Arbitraries.longs().between(1, 13))
			.as(Line::new);
	}

	@Provide
	Arbitrary<String> tables() {
		Arbitrary<String> fields = Arbitraries.oneOf(Arbitraries.of("1:", "POSIX", "ADVISORY", "WRITE", "0", "EOF",
				"77", "99999999999999999999", "-77", "->", "fe:01:12", ":12", "x:12", "\n"),
				Arbitraries.strings().excludeChars('1').ofMaxLength(5));
		return fields.list().ofMaxSize(40).map((list) -> String.join(" ", list));
	}

	record Line(String kind, boolean waits, long pid, long inode) {
	}

}
