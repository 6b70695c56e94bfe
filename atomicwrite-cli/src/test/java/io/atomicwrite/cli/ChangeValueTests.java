package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.syntax.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code set}, {@code unset}, {@code merge} and {@code get} make of files.
 */
class ChangeValueTests {

	private static final String YAML = """
			# head
			server:
			  port: 8080   # the port
			  host: 'a'
			base: &b
			  x: 1
			  y: [1, 2]
			dev: *b
			prod:
			  <<: *b
			  z: 2
			hosts:
			  - one
			  - two # second
			ratio: 1.50
			on: true
			nothing:
			""";

	@TempDir
	private Path directory;

	private Path write(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content);
	}

	private String path(String name) {
		return this.directory.resolve(name).toString();
	}

	/** The lines of a diff that differ. */
	private String changed(Path file, String... words) {
		String[] args = new String[words.length + 3];
		args[0] = words[0];
		args[1] = "--diff";
		args[2] = "--dry-run";
		args[3] = file.toString();
		System.arraycopy(words, 1, args, 4, words.length - 1);
		InProcess run = InProcess.run(args).succeeds();
		assertThat(run.err()).isEmpty();
		return run.out()
			.lines()
			.filter((line) -> line.matches("[-+](?![-+]{2} ).*"))
			.map((line) -> line.replace("+  ", "+ ").replace("-  ", "- "))
			.reduce("", (one, two) -> one + two + "|");
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", textBlock = """
			server.port=9090        => - port: 8080   # the port|+ port: 9090   # the port|
			server.host=b c         => - host: 'a'|+ host: 'b c'|
			hosts[-1]=2             => - - two # second|+ - "2" # second|
			/hosts/0=x              => - - one|+ - x|
			hosts[+]=three          => + - three|
			ratio=2                 => -ratio: 1.50|+ratio: 2.0|
			ratio=1.75              => -ratio: 1.50|+ratio: 1.75|
			on=false                => -on: true|+on: false|
			nothing=5               => -nothing:|+nothing: 5|
			nothing.a.b=x           => + a:|+   b: x|
			new=yes                 => +new: "yes"|
			new.deep[0].k=7         => +new:|+ deep:|+   - k: 7|
			new=007                 => +new: "007"|
			new=1e3                 => +new: 1E+3|
			new=true                => +new: true|
			new=null                => +new: "null"|
			base.x=5                => - x: 1|+ x: 5|
			base.w=5                => + w: 5|
			prod.x=7                => + x: 7|
			prod.z=3                => - z: 2|+ z: 3|
			""")
	void setChangesItsLinesAlone(String assignment, String lines) throws Exception {
		Path file = write("f.yaml", YAML);
		assertThat(changed(file, "set", assignment)).isEqualTo(lines);
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", textBlock = """
			dev.x=5                 => dev stands there only by an alias
			prod.y[0]=5             => prod.y stands there only by a merge key
			server.port=x           => server.port is a number, and the new value is none
			server.port=            => server.port is a number, and the new value is none
			on=yes                  => on is true or false, and the new value is neither
			server=x                => server is a map or a list
			hosts=x                 => hosts is a map or a list
			server.port.x=1         => the path server.port.x leads through a single value
			hosts[2]=x              => the path hosts[2] leads beyond a list of 2 elements
			hosts.x=1               => the path hosts.x takes a list for a map
			server[0]=1             => the path server[0] takes a map for a list
			server[+]=1             => the path server[+] takes a map for a list
			x                       => an argument has no equals sign
			.=1                     => the path . names the whole file
			""")
	void setRefusesWhatDoesNotFitAndWritesNothing(String assignment, String message) throws Exception {
		Path file = write("f.yaml", YAML);
		InProcess.run("set", file.toString(), "server.host=changed", assignment).fails(message, "Hint: ");
		assertThat(file).hasContent(YAML);
	}

	@Test
	void typeIsGivenOrKept() throws Exception {
		Path json = write("f.json", "{\"n\": 1, \"f\": 1.5, \"s\": \"x\", \"b\": true, \"l\": [1], \"z\": null}\n");
		InProcess.run("set", json.toString(), "n=2.5", "f=2", "s=3", "b=false", "z=4").silent();
		assertThat(json).hasContent("{\"n\": 2.5, \"f\": 2, \"s\": \"3\", \"b\": false, \"l\": [1], \"z\": 4}\n");
		InProcess.run("set", "--string", json.toString(), "n=1", "b=true", "new=5").silent();
		assertThat(json).content().contains("\"n\": \"1\"", "\"b\": \"true\"", "\"new\": \"5\"");
		InProcess.run("set", "--json-values", json.toString(), "l={\"a\": [null, \"q\"]}", "s=null").silent();
		assertThat(json).content().contains("\"l\": {\"a\": [null, \"q\"]}", "\"s\": null");
		InProcess.run("set", "--string", json.toString(), "l=x").fails("l is a map or a list");
		InProcess.run("set", "--json-values", json.toString(), "l=s3cret")
			.fails("the value for l is no JSON: line 1, column 1")
			.doesNotName("s3cret");
		InProcess.run("set", "--json-values", "--string", json.toString(), "l=1").fails("can't be given together");
	}

	@Test
	void typesOfTomlAndPropertiesAreTheirs() throws Exception {
		Path toml = write("f.toml", "a = 1.5 # c\nd = 2020-01-01\n[t]\nh = 0xFF\n");
		InProcess.run("set", toml.toString(), "a=2", "d=2021-02-03", "t.new=x", "t.h=7").silent();
		assertThat(toml).hasContent("a = 2.0 # c\nd = 2021-02-03\n[t]\nh = 7\nnew = \"x\"\n");
		InProcess.run("set", "--json-values", toml.toString(), "a=null")
			.fails("a file of the format TOML can't hold null", "unset");
		InProcess.run("set", "--json-values", toml.toString(), "l=[1, null]").fails("a TOML array can't hold null");
		Path properties = write("f.properties", "# c\nlog.A=x\nlog.A.layout : y\nhosts[0]=a\n");
		InProcess.run("set", properties.toString(), "log.A.layout=1", "log.A.file=é", "hosts[+]=2", "map[a.b]=true")
			.silent();
		assertThat(properties)
			.hasContent("# c\nlog.A=x\nlog.A.layout : 1\nlog.A.file : é\nhosts[0]=a\nhosts[1]=2\nmap[a.b]=true\n");
		InProcess.run("unset", properties.toString(), "log.A").fails("the key 'A' has a value and is the begin of");
		assertThat(InProcess.run("get", properties.toString(), "log").succeeds().out())
			.isEqualTo("A=x\nA.layout=1\nA.file=é\n");
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", textBlock = """
			server.host             => - host: 'a'|
			hosts[0]                => - - one|
			hosts[0] hosts[1]       => -hosts:|- - one|- - two # second|+hosts: [] # second|
			dev                     => -dev: *b|
			nix server.nix nix.x    =>
			prod.z server           => -server:|- port: 8080   # the port|- host: 'a'|- z: 2|
			""")
	void unsetRemovesItsLinesAlone(String paths, String lines) throws Exception {
		Path file = write("f.yaml", YAML);
		String[] words = ("unset " + paths).split(" ");
		assertThat(changed(file, words)).isEqualTo((lines != null) ? lines : "");
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", textBlock = """
			prod.x                  => prod.x stands there only by a merge key
			dev.x                   => dev stands there only by an alias
			server.port.x           => leads through a single value
			.                       => names the whole file
			base                    => an anchor
			""")
	void unsetRefusesWhatIsNotThere(String path, String message) throws Exception {
		Path file = write("f.yaml", YAML);
		InProcess.run("unset", file.toString(), path).fails(message);
		assertThat(file).hasContent(YAML);
	}

	@Test
	void removedOverrideShowsWhatIsMerged() throws Exception {
		Path file = write("f.yaml", YAML.replace("  z: 2\n", "  z: 2\n  x: 9\n"));
		InProcess.run("unset", file.toString(), "prod.x").silent();
		assertThat(file).hasContent(YAML);
		assertThat(InProcess.run("get", file.toString(), "prod.x", "dev.y[1]").out()).isEqualTo("1\n2\n");
	}

	@Test
	void mergeIsThatOfTheStandard() throws Exception {
		// the cases of RFC 7386, appendix A, whose target and patch are maps
		String[][] cases = { { "{'a':'b'}", "{'a':'c'}", "{'a':'c'}" },
				{ "{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}" }, { "{'a':'b'}", "{'a':null}", "{}" },
				{ "{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}" }, { "{'a':['b']}", "{'a':'c'}", "{'a':'c'}" },
				{ "{'a':'c'}", "{'a':['b']}", "{'a':['b']}" },
				{ "{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}" },
				{ "{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}" }, { "{'e':null}", "{'a':1}", "{'e':null,'a':1}" },
				{ "{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}" },
				{ "{'a':'b'}", "{'a':{'x':null,'y':1}}", "{'a':{'y':1}}" } };
		for (String[] one : cases) {
			Object patch = tree(one[1]);
			byte[] merged = new ContentEdit(DataFormat.JSON, Formatting.MINIMAL, new MergePatch(patch), null)
				.apply(json(one[0]))
				.content();
			assertThat(Trees.equal(DataFormat.JSON.grammar().read(merged).tree(), tree(one[2])))
				.as(one[0] + " " + one[1])
				.isTrue();
		}
	}

	private static byte[] json(String text) {
		return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
	}

	private static Object tree(String text) throws IOException {
		return DataFormat.JSON.grammar().read(json(text)).tree();
	}

	@Test
	void patchIsOfAnyFormat() throws Exception {
		String lines = "- port: 8080   # the port|- host: 'a'|+ port: 1   # the port|- - one|- - two # second|+ - x|";
		write("p.json", "{\"server\": {\"port\": 1, \"host\": null}, \"hosts\": [\"x\"]}");
		write("p.yaml", "server:\n  port: 1\n  host:\nhosts: [x]\n");
		for (String name : new String[] { "p.json", "p.yaml" }) {
			assertThat(changed(write("f.yaml", YAML), "merge", "-i", path(name))).isEqualTo(lines);
		}
		write("p.toml", "hosts = ['x']\nserver.port = 1\n");
		assertThat(changed(write("f.yaml", YAML), "merge", "-i", path("p.toml")))
			.isEqualTo(lines.replace("- host: 'a'|", ""));
	}

	@Test
	void patchOfWhichNothingIsKnownIsJsonOrOfTheFormatOfTheFile() throws Exception {
		Path file = write("f.toml", "a = 1\n");
		write("one", "{\"a\": 2}");
		InProcess.run("merge", "--patch-format", "json", "-i", path("one"), file.toString()).silent();
		write("two", "a = 3\nb = 'x'\n");
		InProcess.run("merge", "-i", path("two"), file.toString()).silent();
		assertThat(file).hasContent("a = 3\nb = \"x\"\n");
		write("three", "[1]");
		InProcess.run("merge", "-i", path("three"), file.toString()).fails("the patch is no map");
		write("four", "");
		InProcess.run("merge", "-i", path("four"), file.toString()).fails("No patch provided");
		write("five.json", "{\"a\": ");
		InProcess.run("merge", "-i", path("five.json"), file.toString()).fails("five.json: is no valid JSON: line 1");
	}

	@Test
	void getPrintsWhatIsThere() throws Exception {
		Path file = write("f.yaml", YAML);
		assertThat(InProcess.run("get", file.toString(), "server.port", "hosts[-1]", "ratio", "on", "nothing").out())
			.isEqualTo("8080\ntwo\n1.50\ntrue\nnull\n");
		assertThat(InProcess.run("get", file.toString(), "prod", "hosts").out())
			.isEqualTo("z: 2\nx: 1\ny:\n  - 1\n  - 2\n- one\n- two\n");
		assertThat(InProcess.run("get", "--json", file.toString(), "server", "hosts[0]", "nothing").out())
			.isEqualTo("{\"port\":8080,\"host\":\"a\"}\n\"one\"\nnull\n");
		InProcess.run("get", file.toString(), "server.port", "server.nix").fails("there is no value at server.nix");
		assertThat(InProcess.run("get", "--default", "80", file.toString(), "server.nix", "hosts[7]", "on").out())
			.isEqualTo("80\n80\ntrue\n");
		InProcess.run("get", "--default", "80", file.toString(), "server.port.x").fails("through a single value");
		assertThat(InProcess.run("get", "--default", "80", path("gone.yaml"), "a").out()).isEqualTo("80\n");
		InProcess.run("get", path("gone.yaml"), "a").fails("No such file or directory");
		assertThat(InProcess.run("get", write("l.toml", "l = [1, 2]\nt = {a = 1}\n").toString(), "l", "t").out())
			.isEqualTo("[1,2]\na = 1\n");
	}

	@Test
	void lineEndsAndMarksStay() throws Exception {
		Path file = write("f.yaml", "\ufeffa: 1\r\nb: 2\r\n");
		InProcess.run("set", file.toString(), "a=3", "c=4").silent();
		assertThat(Files.readString(file)).isEqualTo("\ufeffa: 3\r\nb: 2\r\nc: 4\r\n");
		Path open = write("g.json", "{\"a\": 1}");
		InProcess.run("set", open.toString(), "a=2").silent();
		assertThat(Files.readString(open)).isEqualTo("{\"a\": 2}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			f.yaml       | `---\na: 1\n---\nb: 2\n` | there is more than one document
			f.json       | {"a": 1, "a": 2}           | the key 'a' is there twice
			f.json       | ``                         | is empty, which is no valid JSON
			f.json       | `{"a": s3cret`             | is no valid JSON: line 1, column
			f.conf       | a                          | has no extension that names a format
			""")
	void fileThatIsMalformedIsLeftAlone(String name, String content, String message) throws Exception {
		Path file = write(name, content.replace("\\n", "\n"));
		for (String command : new String[] { "set", "unset", "get" }) {
			InProcess run = InProcess.run(command, file.toString(), "a=1".substring(0, command.equals("set") ? 3 : 1));
			if (!command.equals("get") || !content.isEmpty()) {
				run.fails(message).doesNotName("s3cret");
			}
		}
		assertThat(Files.readString(file)).isEqualTo(content.replace("\\n", "\n"));
	}

	@Test
	void bytesThatAreNoTextAreLeftAlone() throws Exception {
		Path file = Files.write(this.directory.resolve("f.json"), new byte[] { '{', '"', (byte) 0xff, '"', '}' });
		InProcess.run("set", file.toString(), "a=1").fails("is no valid JSON: line 1, column 3: this is not UTF-8");
		Path large = this.directory.resolve("large.json");
		try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(large.toFile(), "rw")) {
			sparse.setLength(DataFormat.mostBytes() + 1L);
		}
		InProcess.run("set", large.toString(), "a=1").fails("is larger than the 16777216 bytes");
		InProcess.run("get", large.toString(), "a").fails("is larger than the 16777216 bytes");
		Path secret = Files.write(this.directory.resolve("secret"), new byte[] { (byte) 0xff });
		InProcess.run("set", write("g.json", "{}").toString(), "--value-file", "a=" + secret).fails("is not UTF-8");
	}

	@Test
	void nothingIsBegunUnlessAskedFor() throws Exception {
		InProcess.run("set", path("new.toml"), "a=1").fails("No such file or directory", "--create");
		InProcess.run("unset", path("new.toml"), "a").fails("No such file or directory");
		InProcess.run("set", "--create", path("none/new.toml"), "a=1").fails("its directory does not exist");
		InProcess.run("set", "--create", "-p", path("none/new.toml"), "a=1", "t.b=x").silent();
		assertThat(this.directory.resolve("none/new.toml")).hasContent("a = 1\n\n[t]\nb = \"x\"\n");
		Path empty = write("empty.json", "");
		InProcess.run("set", "--create", "--mode", "0600", empty.toString(), "a.b=1").silent();
		assertThat(empty).hasContent("{\n  \"a\": {\n    \"b\": 1\n  }\n}\n");
		InProcess.run("set", write("empty.yaml", "").toString(), "a.b=1").silent();
		InProcess.run("set", write("comment.yaml", "# c\n").toString(), "a.b=1").silent();
		assertThat(this.directory.resolve("comment.yaml")).hasContent("# c\na:\n  b: 1\n");
	}

	@Test
	void whatIsThereAlreadyIsNotWritten() throws Exception {
		Path file = write("f.yaml", YAML);
		Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
		Files.createDirectory(this.directory.resolve("f.yaml.lock"));
		InProcess.run("set", "--no-wait", file.toString(), "server.port=8080", "hosts[0]=one").silent();
		assertThat(InProcess.run("set", "-v", file.toString(), "server.port=8080").succeeds().err())
			.isEqualTo("Unchanged " + file + "\n");
		InProcess.run("unset", file.toString(), "nix").silent();
		assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();
		InProcess.run("set", "--expect-digest", "0".repeat(64), file.toString(), "server.port=8080").fails("Hint: ");
	}

	@Test
	void dryRunChangesNothing() throws Exception {
		Path file = write("f.yaml", YAML);
		assertThat(InProcess.run("set", "--diff", "-n", file.toString(), "on=false").succeeds().out())
			.contains("-on: true\n+on: false\n");
		InProcess.run("set", "-n", file.toString(), "on=false").silent();
		InProcess.run("set", "-n", file.toString(), "on=maybe").fails("on is true or false");
		assertThat(file).hasContent(YAML);
		assertThat(this.directory.toFile().list()).containsExactly("f.yaml");
	}

	@Test
	void optionsOfAWriteHoldForAChange() throws Exception {
		Path file = write("f.yaml", YAML);
		InProcess.run("set", "--backup", "--checksum", "sidecar", "--verify", "-m", "0640", file.toString(), "on=false")
			.silent();
		assertThat(this.directory.resolve("f.yaml.backup")).hasContent(YAML);
		assertThat(this.directory.resolve("f.yaml.sha256")).exists();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
		InProcess.run("verify", "-q", file.toString()).succeeds();
		Files.writeString(file, YAML + "damaged: 1\n");
		// damage must not get a checksum that says it is none
		InProcess.run("set", file.toString(), "on=false").fails("was changed or damaged");
		assertThat(file).hasContent(YAML + "damaged: 1\n");
	}

	@Test
	void lossIsReportedOrRefused() throws Exception {
		String content = "a:\n  # one\n  b: 1 # two\nc: 2\n";
		Path file = write("f.yaml", content);
		InProcess.run("set", "--formatting", "require-minimal", "--json-values", file.toString(), "a=1")
			.fails("line 2: a comment", "--formatting minimal");
		assertThat(file).hasContent(content);
		assertThat(InProcess.run("set", "--json-values", file.toString(), "a=1").succeeds().err())
			.isEqualTo("Warning: " + file + ": the change could not keep line 2: a comment\n");
		write("f.yaml", content);
		InProcess.run("set", "--formatting", "rewrite", file.toString(), "c=3").succeeds();
		assertThat(file).hasContent("a:\n  b: 1\nc: 3\n");
		InProcess.run("set", "--formatting", "x", file.toString(), "c=3").fails("'x' is none of minimal");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s.json", "s.yaml" })
	void schemaIsObeyed(String name) throws Exception {
		Path file = write("f.yaml", "# c\nport: 80\nname: a\nlist: [{id: 1}]\n");
		String schema = """
				{"type": "object", "required": ["port"], "additionalProperties": false, "properties": {
				  "port": {"type": "integer", "maximum": 65535}, "name": {"type": "string", "pattern": "^[a-z]+$"},
				  "list": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}}}}
				""";
		String option = "--schema=" + write(name, schema);
		InProcess.run("set", option, file.toString(), "port=443").silent();
		InProcess.run("set", option, file.toString(), "port=99999", "name=S3CRET", "new=1")
			.fails("would violate ", name + ": ", "/port (line 2, column 7) must have a maximum value of 65535",
					"/name (line 3, column 7) does not match", "(line 2, column 1) property 'new' is not defined")
			.doesNotName("S3CRET")
			.doesNotName("99999");
		InProcess.run("set", "--string", option, file.toString(), "list[0].id=x")
			.fails("/list/0/id (line 4, column 13) string found, integer expected");
		InProcess.run("unset", option, file.toString(), "port").fails("required property 'port' not found");
		InProcess.run("merge", option, "-i", write("p.json", "{\"port\": \"x\"}").toString(), file.toString())
			.fails("/port (line 2, column 7) string found, integer expected");
		assertThat(file).hasContent("# c\nport: 443\nname: a\nlist: [{id: 1}]\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"type": 12}                                 | /type: does not have a value in the enumeration
			{"$ref": "http://127.0.0.1:9/x"}             | not found: http://127.0.0.1:9/x
			{"$schema": "http://127.0.0.1:9/x"}          | not found: http://127.0.0.1:9/x
			{"pattern": "("}                             | Unclosed group
			[]                                           | it is no map
			{                                            | is no valid JSON: line 1
			""")
	void schemaThatIsNoneIsRefused(String schema, String message) throws Exception {
		Path file = write("f.json", "{\"a\": \"1\"}");
		InProcess.run("set", "--schema", write("s.json", schema).toString(), file.toString(), "a=2")
			.fails("s.json: ", message);
		assertThat(file).hasContent("{\"a\": \"1\"}");
	}

	@Test
	void draftsOfSchemasAreKnown() throws Exception {
		Path file = write("f.json", "{\"a\": 1}");
		for (String draft : new String[] { "http://json-schema.org/draft-04/schema#",
				"http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema" }) {
			String schema = "{\"$schema\": \"" + draft + "\", \"properties\": {\"a\": {\"maximum\": 5}}}";
			InProcess.run("set", "--schema", write("s.json", schema).toString(), file.toString(), "a=6")
				.fails("must have a maximum value of 5");
		}
	}

}
