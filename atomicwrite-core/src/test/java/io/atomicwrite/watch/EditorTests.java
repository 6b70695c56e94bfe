package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people edit files with, and how each of them is noticed: once, and whole.
 */
@Timeout(60)
class EditorTests {

	@TempDir
	private Path directory;

	private final FileWatcher watcher = FileWatcher.create(FileOps.system());

	@AfterEach
	void close() {
		this.watcher.close();
	}

	@Test
	void eachEditOfTheShellIsReportedOnceAndWhole() throws IOException {
		Map<String, String> edits = new LinkedHashMap<>();
		edits.put("sed", "sed -i s/1/2/ F");
		edits.put("cp", "printf 'port: 2\\n' > F.new; cp F.new F");
		edits.put("mv", "printf 'port: 2\\n' > F.new; mv F.new F");
		edits.put("tee", "printf 'port: 2\\n' | tee F");
		edits.put("pauses", "{ printf 'po'; sleep 0.1; printf 'rt: '; sleep 0.1; printf '2\\n'; } > F");
		edits.put("truncated for half a second", "{ sleep 0.5; printf 'port: 2\\n'; } > F");
		edits.put("missing for half a second", "mv F F~; sleep 0.5; printf 'port: 2\\n' > F; rm F~");
		Map<String, Watched> watched = new LinkedHashMap<>();
		for (String edit : edits.keySet()) {
			watched.put(edit, new Watched(this.watcher, Files.writeString(file(edit), "port: 1\n")));
		}
		watched.forEach((edit, each) -> assertThat(each.next()).as(edit).isEqualTo("port: 1\n"));
		edits
			.forEach((edit, command) -> Shell.run("sh", "-c", command.replace("F", "'" + file(edit).toString() + "'")));
		watched.forEach((edit, each) -> assertThat(each.next()).as(edit).isEqualTo("port: 2\n"));
		assertThat(watched.values().iterator().next().within(Duration.ofMillis(400))).isNull();
		watched.forEach((edit, each) -> assertThat(each.within(Duration.ZERO)).as(edit).isNull());
	}

	private Path file(String edit) {
		return this.directory.resolve(edit);
	}

	@Test
	@RequiresCommand("vim")
	void vimRenamesTheFileAwayAndWritesANewOne() throws IOException {
		edit("port: 1\n", "port: 2\n", (file) -> vim(file, "set backupcopy=no"));
	}

	@Test
	@RequiresCommand("vim")
	void vimCopiesTheFileAndWritesInPlace() throws IOException {
		edit("port: 1\n", "port: 2\n", (file) -> vim(file, "set backupcopy=yes"));
	}

	private static void vim(String file, String option) {
		Shell.run("sh", "-c", "vim -Nes -u NONE -c 'set backup writebackup' -c '" + option + "' -c '%s/1/2/' -c 'wq' "
				+ file + " </dev/null");
	}

	@Test
	@RequiresCommand("ed")
	void edWritesInPlace() throws IOException {
		edit("port: 1\n", "port: 2\n", (file) -> Shell.run("sh", "-c", "printf 's/1/2/\\nw\\nq\\n' | ed -s " + file));
	}

	private void edit(String before, String after, Consumer<String> edit) throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), before);
		try (Watched watched = new Watched(this.watcher, file)) {
			assertThat(watched.next()).isEqualTo(before);
			edit.accept(file.toString());
			assertThat(watched.next()).isEqualTo(after);
			assertThat(watched.within(Duration.ofMillis(400))).isNull();
		}
	}

}
