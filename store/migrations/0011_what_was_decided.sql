-- Of a transition: what the finding said then, sealed. Runs bring the finding up to date, and old runs are forgotten.
alter table finding_event add column basis bytea;

-- How many findings of this run each registry was told of one by one; beyond a limit, the end of the run tells of the rest.
alter table reconciliation_run add column told jsonb not null default '{}';
