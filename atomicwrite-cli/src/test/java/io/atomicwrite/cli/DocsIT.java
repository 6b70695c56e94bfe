package io.atomicwrite.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Slice;
import io.atomicwrite.test.SlicesItself;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pages and the help show does what they say. Directories of the system are
 * those of the test, what produces content is made up, and the rest is as it stands
 * there.
 */
@Forks
@RequiresCommand({ "jq", "sqlite3", "yq", "xmlstarlet", "curl", "crontab", "supervisord", "systemd-analyze", "man",
		"setpriv", "unshare" })
class DocsIT extends EndToEnd {

	/** What the examples take their content from. */
	private static final String STUB = """
			#!/bin/sh
			case ${0##*/} in
			transform | transform_data.py | transform_csv.py | clean) cat ;;
			feed) while echo x; do sleep 0.1; done 2>/dev/null ;;
			*) echo "${0##*/} $$" ;;
			esac
			""";

	private static final List<String> STUBS = List.of("generate", "generate_config", "generate_config.sh",
			"generate-report", "report", "collect", "process_logs", "analyze_metrics", "transform", "transform_data.py",
			"clean", "feed", "pass", "render");

	/**
	 * The usage examples of the requirements, section 6.4, and the stories of section 3.
	 */
	private static final String REQUIRED = """
			echo "data" | atomic-write config.json
			atomic-write --input source.txt output.txt
			transform_data.py < input.csv | atomic-write --stream output.csv
			generate_config.sh | atomic-write --wait --timeout 30 config.json
			atomic-write --no-wait config.json < data.txt
			atomic-write --backup config.json <<EOF
			new configuration
			EOF
			atomic-write --mode 0600 secrets.json < credentials.txt
			atomic-write --backup --backup-dir /backups config.json < new_config.txt
			atomic-write --backup-timestamp config.json < new_config.txt
			atomic-write housekeep --clean-locks --older-than 1h /var/lib/app
			atomic-write housekeep --clean-backups --keep-newest 3 --recursive /data
			atomic-write housekeep --all --dry-run --recursive /var/lib/app
			atomic-write --json config.json < data.txt 2> result.json
			jq -e .level result.json > levels
			generate_config.sh | atomic-write --no-wait config.json || exit 1
			process_logs | atomic-write --wait /var/log/summary.log
			""";

	private static final Path TUTORIAL = Snippet.DOCS.resolve("cli/tutorial.md");

	private HttpServer server;

	@BeforeEach
	void prepare() throws IOException {
		Files.createDirectory(this.logs.resolve("bin"));
		for (String name : STUBS) {
			Files.writeString(this.logs.resolve("bin/" + name), STUB).toFile().setExecutable(true);
		}
		write("app.yaml", "# c\nserver:\n  port: 80\nhosts: [a, b]\ndebug: true\n");
		write("app.toml", "port = 80\n");
		write("patch.yaml", "port: 81\n");
		sh("mkdir -p var/lib/app var/lib/report var/log srv/data srv/feed data mnt/data mnt/shared backups etc/app etc/logrotate.d run/lock var/backups/app; "
				+ "for f in input.csv in.csv source.txt data.txt credentials.txt new_config.txt; do echo a,b > $f; done; "
				+ "echo '{\"database\":{},\"limits\":{}}' > config.json; echo '{\"port\":80}' > app.json; echo '{\"n\":0}' > n.json; "
				+ "printf 'a: 0\\nb: [1, 2]\\n' > c.yaml; echo '<a><b>0</b></a>' > c.xml; echo old > app.conf; "
				+ "echo 1 > part-0.csv; echo 2 > part-1.csv; echo '[{\"id\":\"a\"}]' > list.json; "
				+ "echo older > app.conf.backup; echo old > srv/feed/current; cd etc/app; echo x > a.conf; sha256sum a.conf > a.conf.sha256")
			.silent();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/list", (exchange) -> {
			byte[] body = "from the net\n".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	static Stream<Path> pages() {
		return Slice.current().of(Snippet.pages().stream().filter((page) -> !page.equals(TUTORIAL)));
	}

	@SlicesItself
	@ParameterizedTest
	@MethodSource("pages")
	void everyScriptOfThePageRuns(Path page) {
		List<Snippet> scripts = run(page);
		assertThat(scripts).as("most are run")
			.filteredOn(Snippet::runs)
			.hasSizeGreaterThanOrEqualTo(scripts.size() / 2);
	}

	static Stream<Path> others() {
		return Slice.current().of(Snippet.others().stream());
	}

	/** What does not run here names what runs it. */
	@SlicesItself
	@ParameterizedTest
	@MethodSource("others")
	void everyScriptOfAnotherPageRuns(Path page) {
		sh("for place in . data; do ( cd $place; rm -f config.json; "
				+ "for n in 1 2; do echo $n | atomic-write --checksum sidecar --backup config.json; done; "
				+ "setfattr -n user.atomicwrite.sha256 -v $(sha256sum < config.json | cut -c -64) config.json ); done")
			.succeeds();
		run(page);
	}

	private List<Snippet> run(Path page) {
		List<Snippet> scripts = Snippet.of(page).stream().filter((one) -> one.language().equals("sh")).toList();
		for (Snippet script : scripts) {
			if (script.runs()) {
				String shell = script.text().startsWith("#!/bin/bash") ? "bash" : "sh";
				Result result = run(shell, "-ec", here(script.text())).succeeds();
				assertThat(result.err()).as(script.toString()).isEmpty();
			}
		}
		return scripts;
	}

	@Test
	void tutorialComesToWhatItSays() throws Exception {
		everyScriptOfThePageRuns(TUTORIAL);
		assertThat(sh("jq -c . app.json").out()).isEqualTo("{\"port\":8082}\n");
		assertThat(file("list.txt")).hasContent("from the net\n");
		assertThat(file("c.yaml")).hasContent("a: 1\nb:\n  - 1\n  - 2\n");
		assertThat(sh("xmlstarlet sel -t -v /a/b c.xml").out()).isEqualTo("1");
		assertThat(file("output.csv")).hasContent("a,b\n");
	}

	@Test
	void errorPageIsNoContent() throws Exception {
		write("list.txt", "old");
		Result result = run("bash", "-c",
				here("set -o pipefail; curl -fsS https://example.org/gone | atomic-write list.txt"));
		assertThat(result.status()).isNotZero();
		assertThat(result.err()).contains("404", "No input provided");
		assertThat(file("list.txt")).hasContent("old");
	}

	@Test
	void everyLanguageOfThePagesIsLookedAt() {
		Set<String> languages = Snippet.pages()
			.stream()
			.flatMap((page) -> Snippet.of(page).stream())
			.map(Snippet::language)
			.collect(Collectors.toSet());
		// those of the library are of the README
		assertThat(languages).containsExactlyInAnyOrder("sh", "crontab", "ini", "dockerfile", "yaml", "json", "xml",
				"java", "diff");
	}

	/** The lines of the page are the file before, and what the first example changes. */
	@Test
	void diffOfThePageIsThatOfItsExample() throws IOException {
		List<Snippet> diffs = Snippet.in("diff");
		assertThat(diffs).hasSize(1);
		String shown = diffs.get(0).text().strip();
		write("shown.yaml", shown.replaceAll("(?m)^\\+.*\\R?", "").replaceAll("(?m)^[ -]", "").stripTrailing() + "\n");
		String diff = sh("atomic-write set --diff -n shown.yaml server.port=8080").succeeds().out();
		assertThat(diff.lines().filter((line) -> !line.matches("(---|\\+\\+\\+|@@) .*")).toList())
			.isEqualTo((" " + shown).lines().toList());
	}

	@Test
	void crontabsAreSoundAndTheirJobsRun() throws Exception {
		List<Snippet> crontabs = Snippet.in("crontab");
		assertThat(crontabs).hasSizeGreaterThanOrEqualTo(3);
		for (Snippet crontab : crontabs) {
			write("crontab", crontab.text());
			sh("crontab -n crontab >&2").succeeds();
			for (String line : crontab.text().lines().filter((one) -> !one.matches("\\w+=.*|#.*|")).toList()) {
				String job = line.replaceFirst("(\\S+\\s+){5}", "");
				sh("exec env -i HOME=$PWD JAVA_HOME=$JAVA_HOME PATH=" + path() + ":/usr/bin:/bin SHELL=/bin/sh sh -c '"
						+ here(job).replace("'", "'\\''") + "'")
					.silent();
			}
		}
		assertThat(file("var/log/summary.log")).content().contains("process_logs", "analyze_metrics");
		assertThat(file("srv/data/state.json")).content().startsWith("collect");
		assertThat(sh("echo '61 * * * * x' > crontab; crontab -n crontab").status()).isNotZero();
	}

	@Test
	void unitsOfSystemdAreSoundAndWhatTheyStartRuns() throws Exception {
		List<Snippet> units = Snippet.in("ini").stream().filter((one) -> one.has("# /etc/systemd")).toList();
		assertThat(units).hasSize(2);
		for (Snippet unit : units) {
			String name = unit.text().lines().findFirst().orElseThrow().replaceAll(".*/", "");
			write(name, unit.text());
		}
		Result result = sh("systemd-analyze verify --man=no ./report.service ./report.timer");
		assertThat(result.succeeds().err()).isEmpty();
		String start = "ExecStart=";
		String line = units.get(0).text().lines().filter((one) -> one.startsWith(start)).findFirst().orElseThrow();
		sh(here(line.substring(start.length()))).silent();
		assertThat(file("var/lib/report/today.json")).content().startsWith("generate-report");
		sh("sed -i s/hourly/hurly/ report.timer").silent();
		assertThat(sh("systemd-analyze verify --man=no ./report.timer").status()).isNotZero();
	}

	@Test
	void supervisorStopsTheWriteAndTheOldContentStands() throws Exception {
		Snippet program = Snippet.in("ini").stream().filter((one) -> one.has("[program:")).findFirst().orElseThrow();
		write("conf", placed(program.text()) + """
				environment=PATH="%s",JAVA_HOME="%s"
				stderr_logfile=err
				[supervisord]
				nodaemon=true
				logfile=log
				pidfile=pid
				[unix_http_server]
				file=sock
				[rpcinterface:supervisor]
				supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
				[supervisorctl]
				serverurl=unix://sock
				""".formatted(path() + ":/usr/bin:/bin", System.getProperty("java.home")));
		try (Running supervisor = start("supervisord", "-c", "conf")) {
			patiently().until(() -> names(file("srv/feed")).stream().anyMatch((name) -> name.endsWith(".tmp")));
			assertThat(names(file("srv/feed"))).contains("current.lock");
			assertThat(sh("supervisorctl -c conf stop feed").succeeds().out()).contains("feed: stopped");
			assertThat(names(file("srv/feed"))).containsExactly("current");
			assertThat(file("srv/feed/current")).hasContent("old\n");
			assertThat(file("err")).content()
				.isEqualTo("Error: " + file("srv/feed/current") + ": Interrupted\n"
						+ "Hint: the target is as it was, staging file and lock file are gone\n");
			supervisor.signal("TERM").endAsItIs();
			assertThat(file("log")).content().contains("stopped: feed (exit status 3)");
		}
	}

	@Test
	@RequiresRoot
	void imageOfTheDockerfileHasItsArchive() throws Exception {
		String dockerfile = Snippet.in("dockerfile").get(0).text().replace("\\\n", " ");
		assertThat(dockerfile).startsWith("FROM eclipse-temurin:").contains("\nADD atomic-write-0.1.0.tar.gz /opt/\n");
		String run = dockerfile.lines()
			.filter((line) -> line.startsWith("RUN "))
			.findFirst()
			.orElseThrow()
			.substring(4);
		Path archive = IMAGE.resolveSibling("atomic-write-" + version() + ".tar.gz");
		sh("mkdir -m 777 open && mkdir opt local && chmod 755 . && tar xzf " + archive + " -C opt").silent();
		Result result = sh("unshare -m sh -ec '" + "mount --bind opt /opt; mount --bind local /usr/local/bin; "
				+ "export PATH=/usr/local/bin:/usr/bin:/bin; ( " + run + " ); "
				+ "echo x | setpriv --reuid 65534 --regid 65534 --clear-groups env "
				+ "ATOMIC_WRITE_JAVA_OPTS=-Xlog:class+load:file=$PWD/open/loaded atomic-write --diff --dry-run none'");
		assertThat(result.succeeds().out()).contains("+++ b/none");
		assertThat(file("open/loaded")).content()
			.contains("io.atomicwrite.cli.AtomicWrite source: shared objects file");
	}

	private static String version() {
		return names(IMAGE.getParent()).stream()
			.filter((name) -> name.endsWith(".tar.gz"))
			.findFirst()
			.orElseThrow()
			.replaceAll("atomic-write-(.*)\\.tar\\.gz", "$1");
	}

	@Test
	void podRunsItsCommand() throws Exception {
		write("pod.yaml",
				Snippet.in("yaml")
					.stream()
					.map(Snippet::text)
					.filter((text) -> text.contains("containers:"))
					.findFirst()
					.orElseThrow());
		String command = sh(
				"/usr/bin/python3 -c 'import json,sys,yaml; spec = yaml.safe_load(open(\"pod.yaml\"))[\"spec\"]; "
						+ "c = spec[\"containers\"][0]; assert [m[\"name\"] for m in c[\"volumeMounts\"]] == [v[\"name\"] for v in spec[\"volumes\"]]; "
						+ "assert c[\"command\"][:2] == [\"/bin/sh\", \"-c\"]; print(c[\"command\"][2])'")
			.succeeds()
			.out();
		sh(here(command)).silent();
		assertThat(file("data/state.json")).content().startsWith("generate");
	}

	@Test
	void objectsOfThePageAreThoseThatAreTold() throws Exception {
		write("shown", Snippet.in("json").get(0).text());
		String keys = "jq -c 'keys_unsorted' ";
		sh("atomic-write lock f -- sh -c 'unset ATOMIC_WRITE_LEASE; echo x | atomic-write --json --no-wait f 2> told; "
				+ "echo x | atomic-write --json other 2>> told; true'")
			.succeeds();
		assertThat(sh(keys + "told").out().lines())
			.containsAll(sh(keys + "shown").succeeds().out().lines().filter((line) -> !line.isBlank()).toList());
	}

	static Stream<String> examples() {
		return Slice.current().of(Commands.all().stream().flatMap((command) -> command.examples().keySet().stream()));
	}

	@SlicesItself
	@ParameterizedTest
	@MethodSource("examples")
	void everyExampleOfTheHelpRuns(String example) {
		String script = here(example);
		if (example.contains("--overlap")) {
			script = script + " --rounds 20 & " + script + " --rounds 20; wait $!";
		}
		if (example.contains("accept")) {
			sh("atomic-write --checksum sidecar app.conf < app.conf; echo edited >> app.conf").silent();
		}
		if (example.contains("--tar")) {
			sh("mkdir -p export var/www/html && echo new > export/index.html").silent();
		}
		if (example.contains("rollback")) {
			sh("for name in v1 v2; do atomic-write publish --name $name dataset data.txt; done").succeeds();
		}
		if (example.contains("--require")) {
			// the filesystem of the test may have no journal
			script = script.replace("crash-durability", "crash-durability=best-effort");
		}
		assertThat(sh(script).succeeds().err()).isEmpty();
	}

	@Test
	void usageOfTheRequirementsRuns() throws Exception {
		Result result = run("sh", "-ec", here(REQUIRED)).succeeds();
		assertThat(result.err()).isEmpty();
		assertThat(file("config.json")).content().startsWith("generate_config.sh");
		assertThat(sh("stat -c %a secrets.json").out()).isEqualTo("600\n");
		assertThat(names(file("backups"))).containsExactly("config.json.backup");
		assertThat(file("levels")).content().contains("\"info\"");
	}

	private String path() {
		return this.logs.resolve("bin") + ":" + IMAGE.resolve("bin");
	}

	private String here(String script) {
		return "PATH=" + this.logs.resolve("bin") + ":$PATH; " + placed(script);
	}

	/** Replaces what belongs to the system by what belongs to the test. */
	private String placed(String text) {
		String root = this.directory.toString();
		return text.replace("/usr/bin/atomic-write", "atomic-write")
			.replace("https://example.org", "http://127.0.0.1:" + this.server.getAddress().getPort())
			.replaceAll("(?<![\\w.$*-])/(var|srv|data|mnt|backups|etc|run/lock)\\b", root + "/$1");
	}

}
