package io.atomicwrite.test.contract;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.atomicwrite.FormatException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.format.Format;
import io.atomicwrite.format.Formats;
import io.atomicwrite.format.TypeReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link Format} must do. A format's test extends it and supplies the format
 * and what is malformed in it.
 */
public abstract class FormatContract {

	private static final TypeReference<Map<String, Settings>> MAP = new TypeReference<>() {
	};

	private static final Settings SETTINGS = new Settings("grün 𝄞 \"quoted\" \\ \n#", -3, List.of("a", ""));

	private final Format format;

	/**
	 * Creates the contract for a format.
	 * @param format the format
	 */
	protected FormatContract(Format format) {
		this.format = format;
	}

	/**
	 * Returns contents that are not of the format at all.
	 * @return at least one content
	 */
	protected abstract List<byte[]> malformed();

	/**
	 * Returns a content that stands for no value.
	 * @return the content, or {@code null} if the format has none
	 */
	protected abstract byte @Nullable [] nothing();

	/**
	 * Returns whether any content that was cut off is malformed, as of JSON; of formats
	 * by lines most begins of a file are files.
	 * @return whether it is
	 */
	protected boolean cutOffIsMalformed() {
		return true;
	}

	@Test
	void extensionsAreLowerCaseWithoutDot() {
		assertThat(this.format.extensions()).isNotEmpty()
			.allSatisfy((extension) -> assertThat(extension).matches("[a-z0-9]+"));
		assertThat(this.format.extensions()).isEqualTo(this.format.extensions());
	}

	@Test
	void valueIsDecodedAsItWasEncoded() throws IOException {
		assertThat(decode(SETTINGS, Settings.class)).isEqualTo(SETTINGS);
		Settings empty = new Settings("", 0, List.of());
		assertThat(decode(empty, Settings.class)).isEqualTo(empty);
	}

	@Test
	void genericTypesAreKept() throws IOException {
		Map<String, Settings> value = Map.of("one", SETTINGS);
		assertThat(decode(value, MAP.type())).isEqualTo(value);
	}

	@Test
	void whatItEncodesCanBeDecodedWithoutAType() throws IOException {
		assertThat(decode(SETTINGS, Object.class)).isNotNull();
	}

	@Test
	void sameValueHasTheSameContent() throws IOException {
		assertThat(this.format.encode(SETTINGS)).isEqualTo(this.format.encode(SETTINGS));
	}

	@Test
	void malformedContentIsAnIoExceptionThatSaysWhy() {
		assertThat(malformed()).isNotEmpty();
		for (byte[] content : malformed()) {
			for (Type type : List.of(Settings.class, MAP.type(), Object.class)) {
				assertThatExceptionOfType(IOException.class).as(() -> Arrays.toString(content) + " as " + type)
					.isThrownBy(() -> this.format.decode(content, type))
					.satisfies((ex) -> assertThat(ex.getMessage()).isNotBlank());
			}
		}
	}

	@Test
	void contentOfAnotherTypeIsAnIoException() throws IOException {
		byte[] content = this.format.encode(Map.of("theme", List.of("not", "a", "text"), "count", "many"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.format.decode(content, Settings.class));
	}

	@Test
	void contentThatWasCutOffIsNoOtherValue() throws IOException {
		byte[] content = this.format.encode(SETTINGS);
		for (int length = 1; length < content.length; length++) {
			byte[] cut = Arrays.copyOf(content, length);
			try {
				Object found = this.format.decode(cut, Settings.class);
				assertThat(found).as("cut to " + length)
					.satisfiesAnyOf((it) -> assertThat(it).isIn(Arrays.asList(SETTINGS, null)),
							(it) -> assertThat(cutOffIsMalformed() || !(it instanceof Settings)).isFalse());
			}
			catch (IOException ex) {
				// as it should be, and nothing else
				assertThat(ex.getMessage()).isNotBlank();
			}
		}
	}

	@Test
	void valueThatCanNotBeEncodedIsAnIoException() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.format.encode(new Broken()))
			.satisfies((ex) -> assertThat(ex.getMessage()).isNotBlank());
	}

	@Test
	void contentThatStandsForNoValueIsNull() throws IOException {
		byte[] nothing = nothing();
		if (nothing != null) {
			assertThat(this.format.decode(nothing, Settings.class)).isNull();
			assertThat(this.format.decode(nothing, Object.class)).isNull();
		}
	}

	@Test
	void neitherTheContentNorTheValueIsChanged() throws IOException {
		List<String> names = Collections.unmodifiableList(new ArrayList<>(List.of("a")));
		byte[] content = this.format.encode(new Settings("t", 1, names));
		byte[] copy = content.clone();
		this.format.decode(content, Settings.class);
		assertThat(content).isEqualTo(copy);
	}

	@Test
	void manyThreadsMayUseIt() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<?>> results = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				Settings own = new Settings("t" + i, i, List.of("n" + i));
				results.add(threads.submit(() -> {
					assertThat(decode(own, Settings.class)).isEqualTo(own);
					return null;
				}));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void templateWritesReadsAndUpdatesWithIt(@TempDir Path directory) {
		AtomicFileTemplate template = AtomicFileTemplate.builder().format(this.format).build();
		for (String extension : this.format.extensions()) {
			assertThat(
					new Formats(List.of(this.format)).of(Path.of("x." + extension.toUpperCase(java.util.Locale.ROOT))))
				.isSameAs(this.format);
			Path file = directory.resolve("settings." + extension);
			template.writeValue(file, SETTINGS);
			assertThat(template.readValue(file, Settings.class)).isEqualTo(SETTINGS);
			template.update(file, Settings.class, (old) -> new Settings(old.theme(), old.count() + 1, old.names()));
			assertThat(template.readValue(file, Settings.class).count()).isEqualTo(SETTINGS.count() + 1);
			template.write(file, malformed().get(0));
			assertThatExceptionOfType(FormatException.class)
				.isThrownBy(() -> template.update(file, Settings.class, (old) -> SETTINGS));
			assertThat(template.read(file)).isEqualTo(malformed().get(0));
		}
	}

	private @Nullable Object decode(Object value, Type type) throws IOException {
		return this.format.decode(this.format.encode(value), type);
	}

	/**
	 * A value with text, a number and a list.
	 *
	 * @param theme a text
	 * @param count a number
	 * @param names a list
	 */
	public record Settings(String theme, int count, List<String> names) {
	}

	/**
	 * A value that can't be read while it is encoded.
	 */
	public static final class Broken {

		/**
		 * Fails.
		 * @return never
		 */
		public Set<String> getNames() {
			throw new IllegalStateException("broken getter");
		}

	}

}
