package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each write pays to know what its directory can promise, beside what the JDK asks
 * for a part of the answer.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class WarmInspectionBenchmark {

	/**
	 * The directory to inspect.
	 */
	@Param("target")
	public String directory = "";

	private final GuaranteeInspector inspector = new GuaranteeInspector(FileOps.system());

	private Path canonical = Path.of("");

	/**
	 * Resolves the directory, as a write has done before it asks.
	 * @throws IOException if there is none
	 */
	@Setup
	public void resolve() throws IOException {
		this.canonical = Path.of(this.directory).toRealPath();
	}

	/**
	 * The gate's question.
	 * @return what the directory can promise
	 * @throws IOException if that can't be determined
	 */
	@Benchmark
	public GuaranteeReport inspectDirectory() throws IOException {
		return this.inspector.inspectDirectory(this.canonical);
	}

	/**
	 * The one system call in it, by itself.
	 * @return the identity of the directory
	 * @throws IOException if that can't be determined
	 */
	@Benchmark
	public @Nullable Object fileKey() throws IOException {
		return Files.readAttributes(this.canonical, BasicFileAttributes.class).fileKey();
	}

	/**
	 * What the JDK offers: the type alone, and the wrong one below stacked mounts.
	 * @return the type
	 * @throws IOException if that can't be determined
	 */
	@Benchmark
	public String fileStoreType() throws IOException {
		return Files.getFileStore(this.canonical).type();
	}

}
