package io.atomicwrite.incidents;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.document.AtomicDocuments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose managed directories the incidents happen to. Each directory has a thread that does the same every half a second, such as
 * to write one file; {@code POST /directories/{path}} says what. What it throws is logged once.
 */
@SpringBootApplication
@RestController
public class Incidents {

	private static final Log logger = LogFactory.getLog(Incidents.class);

	private static final long PAUSE = 500;

	private final AtomicFileOperations files;

	private final AtomicDocuments documents;

	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	private final Map<String, String> work = new ConcurrentHashMap<>();

	/** Creates the application. */
	public Incidents(AtomicFileOperations files, AtomicDocuments documents) {
		this.files = files;
		this.documents = documents;
	}

	/** Settings that people edit. */
	public record Settings(@DefaultValue("Untitled") String title, @DefaultValue("100") int limit) {
	}

	@Bean
	AtomicDocument<Settings> settings(AtomicDocuments documents) {
		return documents.open("settings", Settings.class);
	}

	@PostMapping("/directories/{name}/{action}")
	void change(@PathVariable String name, @PathVariable String action) {
		if (this.work.put(name, action) == null) {
			Thread thread = new Thread(() -> repeat(name), "directory-" + name);
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void repeat(String name) {
		Path file = Path.of(System.getProperty("incidents.root"), name, "state.json");
		for (int n = 0;; n++) {
			try {
				Thread.sleep(PAUSE);
				act(this.work.get(name), name, file, n);
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (Throwable ex) {
				if (this.seen.add(name + ex.getClass())) {
					logger.info(name + ": " + ex);
				}
			}
		}
	}

	private void act(String action, String name, Path file, int n) throws Exception {
		switch (action) {
			case "write" -> this.files.write(file, content(n));
			case "write-checked" -> this.files.write(file, content(n),
					(options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)));
			case "verify" -> this.files.readVerified(file);
			case "verify-or-backup" -> this.files.readVerifiedOrBackup(file);
			case "update-document" -> this.documents.open("settings", Settings.class)
				.update((old) -> new Settings(old.title(), old.limit() + 1));
			case "write-slowly" -> write(file, n, () -> pause(1500));
			case "write-with-pause" -> write(file, n, () -> pause(400));
			case "write-without-end" -> write(file, n, () -> {
				while (this.work.get(name).equals("write-without-end")) {
					pause(100);
				}
				return true;
			});
			default -> {
				// nothing
			}
		}
	}

	private void write(Path file, int n, BooleanSupplier before) {
		this.files.write(file, (OutputStream out) -> {
			before.getAsBoolean();
			out.write(content(n));
		});
	}

	private static boolean pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return true;
	}

	private static byte[] content(int n) {
		return ("{\"number\": " + n + ", \"text\": \"" + "x".repeat(2000) + "\"}\n").getBytes(StandardCharsets.UTF_8);
	}

	/** Starts the application. */
	public static void main(String[] args) {
		SpringApplication.run(Incidents.class, args);
	}

}
