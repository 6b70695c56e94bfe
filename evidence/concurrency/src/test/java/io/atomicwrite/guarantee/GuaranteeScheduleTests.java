package io.atomicwrite.guarantee;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.schedule.Schedules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.atomicwrite.schedule.Schedules.race;
import static io.atomicwrite.schedule.Schedules.require;

/**
 * What is kept of a directory while its mount changes, in many schedules.
 */
class GuaranteeScheduleTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Mount BEFORE = new Mount(DIRECTORY, "tmpfs", "none", List.of("rw"));

	private static final Mount AFTER = new Mount(DIRECTORY, "ramfs", "none", List.of("rw"));

	@Test
	void reportOfTheMountBeforeIsNotGivenForTheOneAfter() {
		Schedules.explore(() -> {
			ChangingMount files = new ChangingMount();
			GuaranteeInspector inspector = new GuaranteeInspector(files);
			race(() -> inspect(inspector), () -> inspect(inspector), () -> files.mount = AFTER);
			require(inspect(inspector).equals("ramfs"), "the report is that of the mount before");
		});
	}

	private static String inspect(GuaranteeInspector inspector) {
		try {
			return inspector.inspectDirectory(DIRECTORY).filesystem().type();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	static void record() throws IOException {
		Schedules.record("report-schedules",
				"schedules of two looks at a directory whose mount changes meanwhile: no later look gets the report of the mount before",
				GuaranteeScheduleTests.class)
			.write();
	}

	private static final class ChangingMount extends ForwardingFileOps {

		private volatile Mount mount = BEFORE;

		ChangingMount() {
			super(FileOps.system());
		}

		@Override
		public Mount mount(Path canonical) {
			return this.mount;
		}

	}

}
