package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One durable overwrite: by hand, through the template without a lock, and with it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DurableWriteBenchmark {

	/**
	 * The directories to write in.
	 */
	@Param({ Workspace.DISK, Workspace.TMPFS })
	public String directory = Workspace.DISK;

	/**
	 * The size of the content in bytes.
	 */
	@Param({ "1024", "1048576" })
	public int size;

	/**
	 * The name of a {@link Contender}.
	 */
	@Param({ "HAND", "NONE", "LOCK" })
	public String contender = "HAND";

	private @Nullable Workspace workspace;

	private @Nullable Path target;

	private @Nullable DurableWrite write;

	private byte[] content = {};

	/**
	 * Creates the target.
	 * @throws IOException if that failed
	 */
	@Setup(Level.Trial)
	public void prepare() throws IOException {
		this.content = Workspace.content(this.size);
		Workspace created = Workspace.create(Path.of(this.directory));
		this.workspace = created;
		this.target = created.target("target", this.content);
		this.write = Contender.valueOf(this.contender).create();
	}

	/**
	 * Deletes it.
	 * @throws IOException if that failed
	 */
	@TearDown(Level.Trial)
	public void cleanUp() throws IOException {
		Objects.requireNonNull(this.workspace).close();
	}

	/**
	 * Overwrites the target.
	 * @throws IOException if that failed
	 */
	@Benchmark
	public void overwrite() throws IOException {
		Objects.requireNonNull(this.write).write(Objects.requireNonNull(this.target), this.content);
	}

}
