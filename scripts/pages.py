"""What the scripts that run the code of the documentation share: its blocks, the records of what has run, and fresh applications outside the repository."""
import hashlib, os, pathlib, re, shutil, subprocess
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORDS = ROOT / 'target/blocks'
BLOCK = re.compile(r'^```(\w*)\n(.*?)^```$', re.M | re.S)
RUN_BY = re.compile(r'<!-- run by ([^\n]+) -->\n\Z')
VERSION = re.search(r'<artifactId>atomicwrite-parent</artifactId>\s*<version>([^<]+)', (ROOT / 'pom.xml').read_text()).group(1)
# of each supported line of Spring Boot the newest that resolves
BOOT = [['4.0.9', '4.0.8', '4.0.6'], ['4.1.2', '4.1.1']]


@dataclass(frozen=True)
class Block:
    """A block of code. Where a comment before it names what runs it, no other test does."""
    page: str
    line: int
    language: str
    text: str
    run_by: tuple

    def record(self):
        return f'{self.page}\t{hashlib.sha256(self.text.encode()).hexdigest()}\n'

    def ran(self, runner):
        """Notes that it has run, for `scripts/blocks --check`."""
        RECORDS.mkdir(parents=True, exist_ok=True)
        with open(RECORDS / runner.replace('scripts/', ''), 'a') as records:
            records.write(self.record())

    def __str__(self):
        return f'{self.page}:{self.line}'


def blocks(page, text=None):
    text = (ROOT / page).read_text() if text is None else text
    for match in BLOCK.finditer(text):
        before = text[:match.start()]
        named = RUN_BY.search(before)
        yield Block(page, before.count('\n') + 1, *match.groups(), tuple(named.group(1).split(' and ')) if named else ())


def install(repository, built=ROOT):
    """The jars and their models where Maven looks for them; no plugin takes part, and the user's repository stays as it is."""
    user = pathlib.Path(os.environ.get('MAVEN_REPOSITORY', pathlib.Path.home() / '.m2/repository'))
    subprocess.run(['cp', '-r', '--reflink=auto', user, repository], check=True)
    shutil.rmtree(repository / 'io/atomicwrite', ignore_errors=True)
    for module in ['', 'atomicwrite-bom', 'atomicwrite-core', 'atomicwrite-autoconfigure', 'atomicwrite-spring-boot-starter', 'atomicwrite-test']:
        name = module or 'atomicwrite-parent'
        place = repository / 'io/atomicwrite' / name / VERSION
        place.mkdir(parents=True)
        shutil.copy(built / module / 'pom.xml', place / f'{name}-{VERSION}.pom')
        jar = built / module / 'target' / f'{name}-{VERSION}.jar'
        if jar.exists():
            shutil.copy(jar, place / jar.name)


def dependency(group, artifact, more=''):
    return f'\t\t<dependency>\n\t\t\t<groupId>{group}</groupId>\n\t\t\t<artifactId>{artifact}</artifactId>{more}\n\t\t</dependency>\n'


def application(place, version, starters, dependencies=''):
    """What start.spring.io makes, with these starters."""
    code = place / 'src/main/java/com/example/demo'
    code.mkdir(parents=True)
    (place / 'src/main/resources').mkdir(parents=True)
    (place / 'src/main/resources/application.properties').write_text('spring.application.name=demo\n')
    (code / 'DemoApplication.java').write_text('''package com.example.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class DemoApplication {

	public static void main(String[] args) {
		SpringApplication.run(DemoApplication.class, args);
	}

}
''')
    named = ''.join(dependency('org.springframework.boot', starter, '\n\t\t\t<scope>test</scope>' if starter.endswith('-test') else '')
                    for starter in starters)
    (place / 'pom.xml').write_text(f'''<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<parent>
		<groupId>org.springframework.boot</groupId>
		<artifactId>spring-boot-starter-parent</artifactId>
		<version>{version}</version>
		<relativePath/>
	</parent>
	<groupId>com.example</groupId>
	<artifactId>demo</artifactId>
	<version>0.0.1-SNAPSHOT</version>
	<properties>
		<java.version>17</java.version>
	</properties>
	<dependencies>
{named}{dependencies}	</dependencies>
	<build>
		<plugins>
			<plugin>
				<groupId>org.springframework.boot</groupId>
				<artifactId>spring-boot-maven-plugin</artifactId>
			</plugin>
		</plugins>
	</build>
</project>
''')
    return place


def resolves(version, repository):
    probe = repository.parent / 'probe.xml'
    probe.write_text(f'<project><modelVersion>4.0.0</modelVersion><parent><groupId>org.springframework.boot</groupId>'
                     f'<artifactId>spring-boot-starter-parent</artifactId><version>{version}</version><relativePath/></parent>'
                     f'<groupId>p</groupId><artifactId>p</artifactId></project>')
    return subprocess.run(['mvn', '-B', '-q', '-ntp', f'-Dmaven.repo.local={repository}', '-f', probe, 'validate'], capture_output=True).returncode == 0


def newest(versions, repository):
    version = next((one for one in versions if resolves(one, repository)), None)
    if not version:
        raise SystemExit(f'FAILED: none of {versions} resolves')
    return version
