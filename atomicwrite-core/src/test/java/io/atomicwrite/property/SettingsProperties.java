package io.atomicwrite.property;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.atomicwrite.FormatException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Fuzzing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings that are no JSON, or not of the type that is asked for, are a
 * {@link FormatException} that names the file, and stay as they are.
 */
class SettingsProperties {

	private static final Fuzzing FUZZING = new Fuzzing("fuzz-settings",
			"settings documents of any bytes, and good ones with bytes changed, cut off or put in, read and updated as five types",
			SettingsProperties.class);

	private static final String GOOD = """
			{ "name" : "a \\u00e9", "limit" : 5, "ratio" : 1.5e3, "hosts" : [ "x", null, true ],
			  "nested" : { "list" : [ [ 1 ], [ -2 ] ] } }
			""";

	private static Path directory;

	private static Path file;

	private static AtomicFileTemplate template;

	@BeforeContainer
	static void create() throws IOException {
		directory = Files.createTempDirectory("settings").toRealPath();
		file = directory.resolve("settings.json");
		template = AtomicFileTemplate.builder().locks(LockRegistry.inProcess()).build();
	}

	@AfterContainer
	static void record() throws IOException {
		template.close();
		Files.deleteIfExists(file);
		Files.delete(directory);
		FUZZING.write();
	}

	@Property(seed = Fuzzing.SEED)
	void anyDocumentIsAValueOrAClearError(@ForAll("documents") byte[] document) throws Exception {
		FUZZING.check(() -> {
			Files.write(file, document);
			readOrRefuse(() -> template.readValue(file, Map.class));
			readOrRefuse(() -> template.readValue(file, Settings.class));
			readOrRefuse(() -> template.readValue(file, Integer.class));
			readOrRefuse(() -> template.readValue(file, new TypeReference<Map<String, List<Integer>>>() {
			}));
			readOrRefuse(() -> template.readVersioned(file, Object.class));
			assertThat(file).hasBinaryContent(document);
		});
	}

	@Property(tries = 200, seed = Fuzzing.SEED, edgeCases = EdgeCasesMode.NONE)
	void updateOfWhatCanNotBeReadChangesNothing(@ForAll("documents") byte[] document) throws Exception {
		FUZZING.check(() -> {
			Files.write(file, document);
			boolean readable = readOrRefuse(() -> template.readValue(file, Settings.class));
			boolean[] asked = new boolean[1];
			WriteOptions options = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.failFast()).build();
			boolean updated = readOrRefuse(() -> template.update(file, Settings.class, (settings) -> {
				asked[0] = true;
				return settings;
			}, options));
			assertThat(updated).isEqualTo(readable).isEqualTo(asked[0]);
			assertThat(file).hasBinaryContent(document);
			assertThat(DirectoryContent.of(directory)).containsExactly("settings.json");
		});
	}

	private static boolean readOrRefuse(Read read) {
		try {
			assertThat(read.value()).isNotNull();
			return true;
		}
		catch (FormatException ex) {
			assertThat(ex).hasMessageStartingWith(file + ": ")
				.satisfies((it) -> assertThat(ex.target()).isEqualTo(file));
			return false;
		}
	}

	@Provide
	Arbitrary<byte[]> documents() {
		byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
		Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
		Arbitrary<byte[]> changed = Combinators
			.combine(Arbitraries.integers().between(0, good.length), Arbitraries.integers().between(0, 4),
					Arbitraries.bytes().array(byte[].class).ofMaxSize(4))
			.as((at, cut, put) -> replace(good, at, Math.min(good.length, at + cut), put));
		Arbitrary<byte[]> cutOff = Arbitraries.integers()
			.between(0, good.length)
			.map((end) -> Arrays.copyOf(good, end));
		Arbitrary<byte[]> odd = Arbitraries
			.of("[".repeat(100_000), "{\"a\":".repeat(2_000), "9".repeat(5_000), "1e999999999", "\"\\ud800\"", "null",
					"\ufeff{}", "{} {}", "NaN", "\"" + "x".repeat(100_000) + "\"", "{\"limit\":99999999999999999999}",
					"{\"name\":{}}", "{\"unknown\":1}", "[1,2,", "5", "'5'", "// x\n5", "")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
		Arbitrary<byte[]> otherCharsets = Arbitraries
			.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16,
					StandardCharsets.ISO_8859_1)
			.map(GOOD::getBytes);
		return Arbitraries.oneOf(bytes, changed, changed, cutOff, odd, otherCharsets);
	}

	private static byte[] replace(byte[] good, int from, int to, byte[] put) {
		byte[] changed = Arrays.copyOf(good, good.length - (to - from) + put.length);
		System.arraycopy(put, 0, changed, from, put.length);
		System.arraycopy(good, to, changed, from + put.length, good.length - to);
		return changed;
	}

	private interface Read {

		Object value();

	}

	record Settings(String name, int limit, double ratio, List<Object> hosts, Map<String, Object> nested) {
	}

}
