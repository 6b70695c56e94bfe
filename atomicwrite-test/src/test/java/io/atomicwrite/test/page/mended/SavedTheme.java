package io.atomicwrite.test.page.mended;

import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.test.crash.SimulatedMachine;
import io.atomicwrite.test.junit.CrashTest;
import io.atomicwrite.test.junit.Crashes;
import io.atomicwrite.test.junit.Fault;
import io.atomicwrite.test.junit.FaultTest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Run by {@code TestKitPageTests}.
 */
class SavedTheme {

	@CrashTest
	void savedThemeSurvives(Crashes crashes) {
		crashes.during((machine) -> {
			store(machine).save("dark");
			machine.acknowledge("dark");
		}).given((machine) -> store(machine).save("contrast")).reboot((machine) -> {
			String found = store(machine).load();
			if (!machine.isAcknowledged("dark") && found.equals("contrast")) {
				return;
			}
			assertEquals("dark", found);
		});
	}

	private static SettingsStore store(SimulatedMachine machine) {
		return new SettingsStore(machine.files(), machine.directory());
	}

	@FaultTest
	void failedSaveKeepsTheTheme(AtomicFileTemplate files, Path directory, Fault fault) {
		SettingsStore store = new SettingsStore(files, directory);
		store.save("contrast");
		Optional<Throwable> failure = fault.during(() -> store.save("dark"));
		String found = store.load();
		assertTrue(found.equals("dark") || failure.isPresent() && found.equals("contrast"), found);
	}

}
