package io.atomicwrite.core;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java of the pages on many files is compiled and run as it stands there, in another
 * directory.
 */
class ManyFilesPagesTests {

	private static final Path DOCS = Path.of("../docs");

	@TempDir
	private Path directory;

	@TempDir
	private Path classes;

	@Test
	void theConceptsAreWhatHappens() throws Exception {
		List<String> blocks = blocks("concepts/publications.md");
		Files.createDirectory(this.directory.resolve("out"));
		run("Batches", blocks.get(0));
		assertThat(this.directory.resolve("out/a.json")).hasContent("{}");
		assertThat(this.directory.resolve("out/b.csv")).hasContent("1,2\n");
		Files.writeString(this.directory.resolve("countries.csv"), "de\n");
		AtomicFileTemplate.create()
			.publication(this.directory, "dataset")
			.publish((version) -> version.file("part-0.csv", new byte[0]), PublishOptions.defaults().withVersion("v0"));
		run("Publications", blocks.get(1));
		assertThat(Files.readSymbolicLink(this.directory.resolve("dataset/latest"))).isEqualTo(Path.of("v0"));
		assertThat(blocks).hasSize(2);
	}

	@Test
	void theCheckpointsAreWhatHappens() throws Exception {
		List<String> blocks = blocks("how-to/checkpoints.md");
		Files.writeString(this.directory.resolve("model.bin"), "weights");
		for (int i = 0; i < blocks.size(); i++) {
			run("Checkpoint" + i, blocks.get(i));
			run("Again" + i, blocks.get(i));
		}
		assertThat(this.directory.resolve("checkpoints/latest/step")).hasContent("5\n");
		assertThat(this.directory.resolve("checkpoints/latest/model.bin")).hasContent("weights");
	}

	private static List<String> blocks(String page) throws IOException {
		List<String> blocks = new ArrayList<>();
		Matcher matcher = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(DOCS.resolve(page)));
		while (matcher.find()) {
			blocks.add(matcher.group(1));
		}
		assertThat(blocks).isNotEmpty();
		return blocks;
	}

	private void run(String name, String block) throws Exception {
		Path source = Files.writeString(this.classes.resolve(name + ".java"), """
				import java.nio.file.*;
				import java.util.*;
				import io.atomicwrite.core.*;
				import io.atomicwrite.manifest.*;
				import io.atomicwrite.publication.*;

				public class %s {

					public static void main(String... args) throws Exception {
						%s
					}

				}
				""".formatted(name, block.replace("Path.of(\"/data", "Path.of(\"" + this.directory)));
		int status = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-cp", ForkedJvm.classPath(), "-d", this.classes.toString(),
					source.toString());
		assertThat(status).as(block).isZero();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.classes.toUri().toURL() },
				getClass().getClassLoader())) {
			loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

}
