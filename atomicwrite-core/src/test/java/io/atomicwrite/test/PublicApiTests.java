package io.atomicwrite.test;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.atomicwrite.core.AtomicFileTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The API of the engine, and what a change of an API is taken for.
 */
class PublicApiTests {

	private static final String SOURCE = """
			package app;
			import java.util.List;
			import org.jspecify.annotations.Nullable;
			public class Store {
				public static final int LIMIT = 10;
				public Store(String name) {
				}
				public List<String> names(int limit) {
					return List.of();
				}
				public @Nullable String find(String name) throws java.io.IOException {
					return null;
				}
				protected void closed() {
				}
				void own() {
				}
				public interface Listener {
					void changed(String name);
				}
				public record Entry(String name, long size) {
				}
				public enum Kind { ONE, TWO }
			}
			""";

	@TempDir
	private Path directory;

	@Test
	void theApiOfTheEngineIsTheOneThatIsKept() throws IOException {
		ApiBaseline.of("atomicwrite-core").require(PublicApi.ofModuleOf(AtomicFileTemplate.class));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					a method that is gone       | public List<String> names(int limit)    | List<String> names(int limit)
					a method of another name    | names(                                  | allNames(
					another parameter           | names(int limit)                        | names(long limit)
					another result              | public List<String> names               | public java.util.Collection<String> names
					another type argument       | List<String> names(int limit) {         | List<Object> names(int limit) {
					a result that may be null   | public List<String> names               | public @Nullable List<String> names
					a result that is never null | public @Nullable String find            | public String find
					another exception           | throws java.io.IOException              | throws Exception
					a method that is final      | public List<String> names               | public final List<String> names
					a method that is static     | public List<String> names               | public static List<String> names
					a constructor that is gone  | public Store(String name)               | Store(String name)
					another constant            | LIMIT = 10                              | LIMIT = 11
					no subclasses               | public class Store                      | public final class Store
					no instances                | public class Store                      | public abstract class Store
					a method for subclasses     | protected void closed()                 | void closed()
					a type that is gone         | public interface Listener               | interface Listener
					a method to implement       | void changed(String name);              | void changed(String name); void gone();
					a component of a record     | Entry(String name, long size)           | Entry(String name, int size)
					a constant of an enum       | { ONE, TWO }                            | { ONE }
					a base type                 | public class Store                      | public class Store extends Thread
					""")
	void aBreakIsFound(String name, String old, String replacement) {
		assertThat(changed(old, replacement)).isNotEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			a method more          | void own()                | public void more() { } void own()
			a default method more  | void changed(String name); | void changed(String name); default void gone() { }
			a type more            | void own()                | public interface Other { void called(); } void own()
			a constant more        | { ONE, TWO }              | { ONE, TWO, THREE }
			what nobody can call   | void own()                | void renamed()
			""")
	void anAdditionIsNoBreak(String name, String old, String replacement) {
		assertThat(changed(old, replacement)).isEmpty();
	}

	@Test
	void theFileNamesTheBreakAndHowItIsAccepted() throws IOException {
		Path file = this.directory.resolve("api.txt");
		PublicApi api = api(SOURCE, "before");
		Files.write(file, api.lines());
		new ApiBaseline(file, false).require(api);
		PublicApi later = api(SOURCE.replace("names(", "allNames("), "after");
		assertThatThrownBy(() -> new ApiBaseline(file, false).require(later)).hasMessageContaining("app.Store#names")
			.hasMessageContaining("-Dapi.write=true");
		PublicApi more = api(SOURCE.replace("void own()", "public void more() { } void own()"), "more");
		assertThatThrownBy(() -> new ApiBaseline(file, false).require(more)).hasMessageContaining("app.Store#more");
	}

	private List<String> changed(String old, String replacement) {
		assertThat(SOURCE).contains(old);
		return api(SOURCE.replace(old, replacement), "after").breaksOf(api(SOURCE, "before"));
	}

	private PublicApi api(String source, String name) {
		try {
			Path classes = Files.createDirectories(this.directory.resolve(name + "/classes"));
			Path file = Files.writeString(this.directory.resolve(name + "/Store.java"), source);
			JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
			int result = compiler.run(null, null, null, "-nowarn", "-proc:none", "-cp",
					System.getProperty("java.class.path"), "-d", classes.toString(), file.toString());
			assertThat(result).isZero();
			try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() },
					getClass().getClassLoader())) {
				return PublicApi.of(classes, loader);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
