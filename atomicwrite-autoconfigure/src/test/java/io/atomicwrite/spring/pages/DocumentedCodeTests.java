package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.xml.parsers.DocumentBuilderFactory;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.lock.LockStore;
import io.atomicwrite.test.MemoryLockStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each block of code in {@code docs/} and the README: Java compiles, configuration has
 * keys that are known and starts an application, data can be parsed. {@code DocsIT} runs
 * what belongs to a shell.
 */
class DocumentedCodeTests {

	/** What tries the blocks of other languages, or why they need no trial. */
	private static final Map<String, String> ELSEWHERE = new TreeMap<>(Map.of("sh", "DocsIT", "crontab", "DocsIT",
			"ini", "DocsIT", "dockerfile", "DocsIT", "diff", "DocsIT and FormatsPageTests", "kotlin",
			"InstallPageTests", "groovy", "InstallPageTests", "python", "ProcessLockTests", "text",
			"the output of a program, or a drawing of text", "", "the output of a program, or a drawing of text"));

	private static final Set<String> HERE = Set.of("java", "properties", "yaml", "json", "xml");

	@TempDir
	private Path directory;

	@Test
	void everyBlockOfJavaCompiles() throws IOException {
		List<Block> blocks = Block.all();
		List<Block> java = blocks.stream().filter((block) -> block.isIn("java") && block.runBy().isEmpty()).toList();
		assertThat(java).hasSizeGreaterThanOrEqualTo(34);
		try (JavaBlocks compiler = new JavaBlocks()) {
			assertThat(compiler.compile(java, blocks)).isEmpty();
		}
	}

	@Test
	void javaThatDoesNotCompileIsFound() throws IOException {
		String page = """
				```java
				record Settings(String theme) { }
				```
				<!-- given: Path report; void send(byte[] bytes) -->
				```java
				send(files.read(report));
				new Settings("dark").theme().length();
				```
				```java
				files.wriet(report, content);
				```
				```java
				import java.nio.file.Path;
				class Pasted { AtomicFileOperations files; }
				```
				""";
		List<Block> blocks = Block.of("seeded.md", page);
		try (JavaBlocks java = new JavaBlocks()) {
			Map<Block, String> problems = java.compile(blocks, blocks);
			assertThat(problems).containsOnlyKeys(blocks.get(2), blocks.get(3));
			assertThat(problems.get(blocks.get(2))).contains("wriet");
			assertThat(problems.get(blocks.get(3))).contains("AtomicFileOperations");
		}
	}

	@Test
	void everyKeyOfOursIsKnownAndStarts() throws IOException {
		ConfigurationBlocks configuration = new ConfigurationBlocks();
		List<String> problems = new ArrayList<>();
		for (Block block : Block.all()) {
			if (block.isIn("properties", "yaml") && block.runBy().isEmpty()) {
				Map<String, String> keys = configuration.keys(block);
				configuration.unknown(keys).forEach((key) -> problems.add(block + ": " + key));
				start(keys).ifPresent((problem) -> problems.add(block + ": " + problem));
			}
		}
		assertThat(problems).isEmpty();
	}

	@Test
	void keysThatAreNotKnownAreFound() throws IOException {
		ConfigurationBlocks configuration = new ConfigurationBlocks();
		Block block = Block.of("seeded.md", """
				```yaml
				atomicwrite:
				  directories.data: {path: /data, pth: /data}
				  lock.timeout: 5s
				  lock.timeuot: 5s
				management.endpoint.atomicwrite.acess: none
				```
				""").get(0);
		assertThat(configuration.unknown(configuration.keys(block))).containsExactlyInAnyOrder(
				"atomicwrite.directories.data.pth", "atomicwrite.lock.timeuot",
				"management.endpoint.atomicwrite.acess");
		assertThat(start(Map.of("atomicwrite.lock.timeout", "soon"))).isPresent();
	}

	/** Starts an application with the keys of ours, in directories of this test. */
	private java.util.Optional<String> start(Map<String, String> keys) throws IOException {
		Path place = Files.createTempDirectory(this.directory, "application");
		List<String> ours = new ArrayList<>();
		keys.forEach((key, value) -> {
			// what is required of a filesystem is not for the one of this test
			if (key.startsWith("atomicwrite.") && !key.contains(".require")) {
				ours.add(key + "=" + value.replaceFirst("^(/|\\./)", place + "/"));
			}
		});
		List<String> problems = new ArrayList<>();
		if (!ours.isEmpty()) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
				.withBean(keys.getOrDefault("atomicwrite.lock.store", "store"), LockStore.class, MemoryLockStore::new)
				.withPropertyValues(ours.toArray(String[]::new))
				.run((context) -> {
					if (context.getStartupFailure() != null) {
						problems.add(context.getStartupFailure().getMessage());
					}
				});
		}
		return problems.stream().findFirst();
	}

	@Test
	void dataCanBeParsed() throws Exception {
		for (Block block : Block.all()) {
			if (block.isIn("json") && block.runBy().isEmpty()) {
				try (var values = JsonMapper.shared().readerFor(Object.class).readValues(block.text())) {
					assertThat(values.readAll()).as(block.toString()).isNotEmpty();
				}
			}
			if (block.isIn("xml")) {
				DocumentBuilderFactory.newInstance()
					.newDocumentBuilder()
					.parse(new InputSource(new StringReader("<all>" + block.text() + "</all>")));
			}
		}
	}

	@Test
	void everyLanguageIsTried() throws IOException {
		assertThat(Block.all()).filteredOn((block) -> block.runBy().isEmpty())
			.allSatisfy(
					(block) -> assertThat(HERE.contains(block.language()) || ELSEWHERE.containsKey(block.language()))
						.as(block + " is in '" + block.language() + "'")
						.isTrue());
	}

}
