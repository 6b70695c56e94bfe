// The order of the pages: one path for each reader. Every page of docs/ stands in it once; the check of the site says which does not.
export function navigation(all) {
  return [
    {text: 'Start', pages: [['index.md', 'What it is'], ['start.md', 'Five minutes'], 'how-to/install.md', 'concepts/guarantees.md', 'compared.md']},
    {text: 'Settings and state', collapsed: true, pages: ['guide/settings.md', 'how-to/settings-document.md', 'how-to/import-configuration.md',
      'how-to/resources.md', 'how-to/http-errors.md', 'how-to/webflux.md', 'how-to/ahead-of-time.md', 'how-to/native-access.md', 'how-to/several-beans-and-contexts.md', ['concepts/documents.md', 'How documents work'],
      'concepts/watching.md', ['reference/documents.md', 'Documents in detail'], 'reference/documents-compared.md']},
    {text: 'Exports and datasets', collapsed: true, pages: ['guide/exports.md', 'how-to/etl-export.md', 'how-to/checkpoints.md', 'how-to/publish-from-spring.md', 'concepts/publications.md',
      'concepts/freshness.md', 'concepts/integrity.md']},
    {text: 'Several instances', collapsed: true, pages: ['guide/several-instances.md', 'how-to/several-hosts.md', 'concepts/locking.md', 'reference/lock-stores.md']},
    {text: 'Containers and Kubernetes', collapsed: true, pages: ['guide/containers.md']},
    {text: 'Shell', collapsed: true, pages: ['guide/shell.md', 'cli/tutorial.md', 'cli.md', 'cli/services.md', 'cli/troubleshooting.md', ['cli/design.md', 'Design of the command']]},
    {text: 'Testing', collapsed: true, pages: ['guide/testing.md', 'how-to/test-kit.md', 'how-to/test-spring.md']},
    {text: 'Migrate', collapsed: true, pages: ['migrate/index.md', 'migrate/files-write.md', 'migrate/kafka-helpers.md', 'migrate/spring-integration.md',
      'migrate/write-file-atomic.md', 'migrate/python.md']},
    {text: 'Operations', collapsed: true, pages: [['operations/index.md', 'Alerts and dashboards'], 'operations/incidents.md', 'how-to/after-a-crash.md', 'how-to/check-a-directory.md',
      'concepts/housekeeping.md', 'how-to/console.md', 'how-to/spring-boot-admin.md']},
    {text: 'Runbooks', collapsed: true, pages: all('operations/runbooks')},
    {text: 'How it works', collapsed: true, pages: ['proofs/index.md', 'concepts/write-protocol.md', 'proofs/crash-states.md', 'proofs/power-cuts.md', 'proofs/faults.md',
      'proofs/kills-and-locks.md', 'proofs/models.md', 'proofs/mutations.md', 'verification.md', 'performance.md']},
    {text: 'Reference', collapsed: true, pages: ['reference/properties.md', 'reference/beans.md', 'reference/endpoint.md', 'reference/health.md', 'reference/metrics.md', 'reference/exceptions.md',
      'reference/on-disk.md', 'reference/formats.md', 'reference/metadata.md', 'reference/filesystem-matrix.md']},
    {text: 'Decisions', collapsed: true, pages: all('adr')},
  ];
}
